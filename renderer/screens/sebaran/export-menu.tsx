import { Button, Menu } from "@mantine/core";
import { Download } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import { Geography } from "../../../core/api/areas.ts";
import { Basemap } from "../../../core/api/basemap.ts";
import type { Day } from "../../../core/series/day.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import { clock, useFigureDay } from "../../clock/use-clock.ts";
import { addTexts } from "../../i18n/add-texts.ts";
import { mapExportEn } from "../../i18n/map-export-en.ts";
import { mapExportId } from "../../i18n/map-export-id.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { printPicture } from "../../parts/export/print-picture.ts";
import { basemapSources } from "../../parts/map/basemap-sources.ts";
import type { Boundaries } from "../../parts/map/boundaries.ts";
import {
	boundariesText,
	notAsThemselvesText,
} from "../../parts/map/boundaries-text.ts";
import { useDrawnMap } from "../../parts/map/drawn-map.ts";
import { MAP_COLOURS, type MapColours } from "../../parts/map/palettes.ts";
import { csvTable } from "../../parts/ui/csv.ts";
import { CsvItems } from "../../parts/ui/csv-items.tsx";
import { fetched } from "../../parts/ui/fetched.tsx";
import { useSave } from "../../parts/ui/save.tsx";
import { useSourceChangeText } from "../../parts/ui/source-change.ts";
import { useExport } from "../../parts/ui/use-export.ts";
import { layForPaper } from "../../parts/ui/use-printing.ts";
import { workbookOf } from "../../parts/ui/workbook.ts";
import { useAnswer } from "../../state/answers.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { useFollows, useLevelFollows } from "../../state/follow.ts";
import { useScreenPrint } from "../../state/screen-print.ts";
import type { Spread } from "../../state/spread.ts";
import styles from "./export.module.css";
import { openSheet, pngOf, type SheetTexts } from "./map-sheet.ts";
import { type PictureStep, PictureWork } from "./picture-work.tsx";
import { oneMap, type SheetMaps } from "./sheet-maps.ts";
import { geoJsonOf } from "./shown-areas.ts";
import { today } from "./use-compared.ts";
import { originsOf, useShownAreas } from "./use-shown-areas.ts";

const FilmDialog = fetched(() =>
	import("./film-dialog.tsx").then(({ FilmDialog }) => ({
		default: FilmDialog,
	})),
);

/** Pictures that are offered, and what a sheet of paper is printed from: A4 at 300 dots an inch. */
const PICTURES = [
	{ width: 3840, height: 2160 },
	{ width: 1920, height: 1080 },
] as const;
/** Sources named below a picture; a table names that of each value. */
const SOURCES_NAMED = 5;
const PAPER = { width: 3508, height: 2480 };
const PICTURE_STEPS = ["sources", "maps", "drawing", "file"] as const;

/** Figures that stand on a picture: of which areas, and of which day on a day of the clock. */
interface Pictured {
	readonly compared: readonly AreaRow[];
	readonly indicator: IndicatorKey;
	readonly dayOf: (day: Day) => Day;
}

addTexts("mapExport", { id: mapExportId, en: mapExportEn });

/** Everything in which what the map shows leaves the screen. */
export function ExportMenu({
	area,
	areas,
	compared,
	spread,
	ground,
	label,
	words,
	classes,
	asKnown,
	part = "sebaran",
	about,
	dayOf = today,
	shapes,
	maps: given,
	title = label,
	also = [],
	sourcesOn,
	tables,
	facilities = false,
}: {
	/** The area that is looked at. */
	area: AreaRow;
	areas: AreaIndex;
	compared: readonly AreaRow[];
	/** Null where there is no table of what is shown, or not yet. */
	spread: Pick<Spread, "cube"> | null;
	ground: MapColours;
	/** What the colours are of, and of which days, in words. */
	label: string;
	words: string;
	/** By which classes, in words. */
	classes: string;
	asKnown: Day | null;
	/** What files are called. */
	part?: string;
	/** What else must be said of the figures of a day: what they are held against. */
	about?: (day: Day) => string;
	/** The day that the map draws on a day of the clock. */
	dayOf?: (day: Day) => Day;
	/** The boundaries where they are not those of the panel's one map. */
	shapes?: Boundaries | null;
	/** What a picture shows where it is not the panel's one map; null until it is there. */
	maps?: SheetMaps | null;
	/** What a picture is called, where that is not what the colours are of. */
	title?: string;
	/** What else stands on a picture besides what the tables hold: its sources are named too. */
	also?: readonly Pictured[];
	/** Whose what is shown on a day is, where there is no table that says so. */
	sourcesOn?: (day: Day) => readonly string[];
	/** Of what the tables are, where more is shown. */
	tables?: string;
	/** Marks of facilities stand on it. */
	facilities?: boolean;
}) {
	const { t, format } = useLanguage();
	const { map, boundaries: drawn } = useDrawnMap();
	const single = useMemo(() => map && oneMap(map), [map]);
	const maps = given === undefined ? single : given;
	const boundaries = shapes ?? drawn;
	const day = dayOf(useFigureDay());
	const { originName } = useSourceChangeText();
	const { data: geography } = useAnswer(Geography, {});
	const { data: basemap } = useAnswer(Basemap, {});
	const indicator = (spread?.cube.header.indicator ??
		"confirmed") as IndicatorKey;
	const exported = useExport({
		part,
		area,
		indicator: sourcesOn ? "zone" : indicator,
		day,
		asKnown,
	});
	const table = useShownAreas({
		areas,
		compared,
		spread,
		wordsOf: (day) => (about ? `${about(day)}, ${words}` : words),
		asKnown,
		exported,
	});
	const { save, hand, notice } = useSave();
	const [filming, setFilming] = useState(false);
	const [step, setStep] = useState<PictureStep | null>(null);
	const making = useRef<AbortController | null>(null);

	const bases = basemapSources(basemap, t);
	const isFollowed = useLevelFollows(spread?.cube.header.level ?? "nation");
	const areFollowed = useFollows("facilities") && facilities;
	/** What a film says while it is made, also of what is published meanwhile. */
	const now = useRef({ known: "", follows: [] as string[] });
	now.current = {
		known:
			asKnown !== null
				? format.day(asKnown)
				: exported.known === null
					? "–"
					: format.time(Date.parse(exported.known)),
		// Else what is empty of it on a picture would be taken for silence.
		follows: [
			...(isFollowed ? [t("follow.kecamatan")] : []),
			...(areFollowed ? [t("follow.facilities")] : []),
		],
	};
	/** The texts of a picture of any day. */
	const texts = async (
		signal: AbortSignal,
	): Promise<(day: Day) => SheetTexts> => {
		// Of whom the values of the map are, and not the one of the whole.
		const origins = await Promise.all(
			[...(spread ? [{ compared, indicator, dayOf }] : []), ...also].map(
				(one) =>
					originsOf(one.compared, {
						...{ indicator: one.indicator, asKnown },
						...{ day: one.dayOf(clock.day), signal },
					}),
			),
		);
		const named = [
			...new Set(
				origins
					.flatMap((of) => [...of.values()])
					.flatMap((origin) => (origin ? [originName(origin)] : [])),
			),
		];
		return (day) => {
			const sources = sourcesOn?.(day) ?? named;
			const { known, follows } = now.current;
			return {
				exercise: exported.exercise
					? `${t("exercise.label")} · ${t("exercise.text")}`
					: null,
				title: title === label ? `${label} · ${area.name}` : title,
				lines: [
					...follows,
					...(about ? [about(day)] : []),
					...(classes ? [classes] : []),
					`${t("export.known")}: ${known}`,
				],
				date: format.day(day),
				foot: [
					`${t("export.source")}: ${sources.slice(0, SOURCES_NAMED).join("; ")}${
						sources.length > SOURCES_NAMED
							? ` +${format.number(sources.length - SOURCES_NAMED)}`
							: ""
					}`,
					[
						geography ? boundariesText(geography, t) : "–",
						...(boundaries
							? notAsThemselvesText(boundaries, { t, format })
							: []),
					].join(" · "),
					[
						...(bases.length > 0
							? [t("map.around", { source: bases.join("; ") })]
							: []),
						t("app.name"),
					].join(" · "),
				],
			};
		};
	};
	/** @throws AbortError when it is cancelled */
	const picture = async (
		size: { width: number; height: number },
		colours: MapColours,
	) => {
		if (!maps) throw new Error("no map");
		clock.pause();
		const stop = new AbortController();
		making.current = stop;
		/** Tells it, and waits until it has been seen. */
		const goOn = async (done: number) => {
			setStep({ kind: PICTURE_STEPS[done], done, of: PICTURE_STEPS.length });
			await new Promise(requestAnimationFrame);
			await new Promise((turn) => setTimeout(turn));
			stop.signal.throwIfAborted();
		};
		try {
			await goOn(0);
			const write = await texts(stop.signal);
			await goOn(1);
			const sheet = await openSheet(
				...([maps, size, colours, exported.exercise !== null] as const),
				stop.signal,
			);
			try {
				await goOn(2);
				sheet.draw(write(clock.day));
			} finally {
				sheet.close();
			}
			await goOn(3);
			const png = await pngOf(sheet.canvas);
			stop.signal.throwIfAborted();
			return png;
		} finally {
			setStep(null);
		}
	};
	const savePicture = (size: { width: number; height: number }) =>
		save(exported.name("png"), () => picture(size, ground), "image/png");
	const print = async (paper: "A4" | "A3") => {
		const back = layForPaper();
		let png: Uint8Array<ArrayBuffer>;
		try {
			png = await picture(PAPER, MAP_COLOURS.light);
		} finally {
			back();
		}
		await printPicture(png, paper);
	};
	const bytesOf = (text: string) => new TextEncoder().encode(text);
	const rows = async () =>
		(await table.rowsOf(dayOf(clock.day))).map(({ cells }) => cells);
	const isThere = spread !== null || sourcesOn !== undefined;
	const isDrawn = isThere && maps !== null && step === null;
	// Drawn anew for a sheet: what lies over the maps of the page, and two of them over each other, do not fit on paper.
	useScreenPrint(
		isDrawn && !sourcesOn ? () => void hand(() => print("A4")) : null,
	);
	return (
		<>
			<Menu position="bottom-end">
				<Menu.Target>
					<Button
						size="compact-sm"
						variant="default"
						leftSection={<Download size="1.1em" />}
						title={t("mapExport.of")}
						data-testid="map-export"
						disabled={!isThere}
					>
						{t("mapExport.open")}
					</Button>
				</Menu.Target>
				<Menu.Dropdown>
					{PICTURES.map((size) => (
						<Menu.Item
							key={size.width}
							disabled={!isDrawn}
							onClick={() => void savePicture(size)}
						>
							{t("mapExport.picture", {
								width: size.width,
								height: size.height,
							})}
						</Menu.Item>
					))}
					<Menu.Item
						disabled={!isDrawn}
						data-testid="map-export-film"
						onClick={() => setFilming(true)}
					>
						{t("mapExport.film")}
					</Menu.Item>
					{(["A4", "A3"] as const).map((paper) => (
						<Menu.Item
							key={paper}
							disabled={!isDrawn}
							onClick={() => void hand(() => print(paper))}
						>
							{t("mapExport.print", { paper })}
						</Menu.Item>
					))}
					{spread && (
						<>
							<Menu.Divider />
							{tables && (
								<Menu.Label className={styles.tables}>{tables}</Menu.Label>
							)}
							<CsvItems
								save={(form) =>
									save(
										exported.name("csv"),
										async () =>
											bytesOf(csvTable(table.heads, await rows(), form)),
										"text/csv;charset=utf-8",
									)
								}
							/>
							<Menu.Item
								onClick={() =>
									void save(
										exported.name("xlsx"),
										async () => workbookOf(label, table.heads, await rows()),
										"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
									)
								}
							>
								{t("mapExport.xlsx")}
							</Menu.Item>
							<Menu.Item
								disabled={!boundaries}
								onClick={() =>
									void save(
										exported.name("geojson"),
										async () => {
											if (!boundaries) throw new Error("no boundaries");
											const shown = await table.rowsOf(dayOf(clock.day));
											return bytesOf(
												JSON.stringify(
													geoJsonOf(shown, boundaries, {
														title: `${label} · ${area.name}`,
														source: geography?.source ?? null,
														licence: geography?.licence ?? null,
														exercise: exported.exercise,
													}),
												),
											);
										},
										"application/geo+json",
									)
								}
							>
								{t("mapExport.geojson")}
							</Menu.Item>
						</>
					)}
				</Menu.Dropdown>
			</Menu>
			{(notice || step) && (
				<div className={styles.notice}>
					{notice}
					{step && (
						<PictureWork step={step} cancel={() => making.current?.abort()} />
					)}
				</div>
			)}
			{filming && maps && (
				<FilmDialog
					waiting={null}
					maps={maps}
					ground={ground}
					texts={texts}
					isExercise={exported.exercise !== null}
					name={exported.name}
					close={() => setFilming(false)}
				/>
			)}
		</>
	);
}
