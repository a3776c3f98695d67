import { TextInput } from "@mantine/core";
import i18next, { type TFunction } from "i18next";
import {
	CalendarDays,
	ChartLine,
	FlaskConical,
	Hospital,
	MapPin,
	Pin,
	Search,
	Warehouse,
} from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import type { AreaRow } from "../../core/api/areas.ts";
import { Districts, Villages } from "../../core/api/areas.ts";
import { Facilities, type FacilityRow } from "../../core/api/facilities.ts";
import { isApart, type Level } from "../../core/areas/codes.ts";
import { clock } from "../clock/use-clock.ts";
import { dayFromText } from "../i18n/format.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { areaWords } from "../navigation/area-words.ts";
import { nearestOf } from "../navigation/find.ts";
import { goTo } from "../navigation/follow-address.ts";
import { foldedNames, namedLike } from "../navigation/named-like.ts";
import type { ScreenProps } from "../navigation/screen-props.ts";
import { SCREENS, screenAt } from "../screens/all.ts";
import { useAnswer } from "../state/answers.ts";
import type { AreaIndex } from "../state/area-index.ts";
import { nearestMeasure } from "../state/measures.ts";
import { openFacility } from "../state/open-facility.ts";
import { useSelectedArea } from "../state/selected-area.ts";
import { useIndicators } from "../state/shown-indicators.ts";
import { useView } from "../state/view-state.ts";
import type { Choice } from "./choice.ts";
import type { ShellCommand } from "./commands.ts";
import { useOpenScreens } from "./open-screens.ts";
import { openDialog } from "./opened.ts";
import styles from "./palette.module.css";
import { useDisplays } from "./use-displays.ts";

const MOST = 12;

const optionId = (index: number) => `palette-${index}`;

/** Whatever is chosen of figures is seen where figures are, of an indicator where those of one are: from another screen it leads there. */
const seen =
	(act: () => void, of: "figures" | "indicator" = "figures") =>
	() => {
		const figures = SCREENS.find(({ time }) => time);
		const here = screenAt(useView.getState().screen);
		if (figures && (!here?.time || (of === "indicator" && here.ownFigures)))
			goTo(figures.key);
		act();
	};

/** The field of the palette and what is found; fetched when somebody opens it, since no first picture shows it. */
export default function PaletteChoosing({
	dataset,
	commands,
	begun,
}: ScreenProps & {
	commands: readonly ShellCommand[];
	/** What was typed before this had come. */
	begun: { readonly current: string };
}) {
	const { t } = useLanguage();
	const [typed, setTyped] = useState(begun.current);
	const [marked, setMarked] = useState(0);
	const found = useFound(typed, dataset, commands);
	const at = Math.min(marked, found.length - 1);
	useEffect(() => {
		document.getElementById(optionId(at))?.scrollIntoView({ block: "nearest" });
	}, [at]);
	const choose = (choice: Choice | undefined) => {
		if (!choice) return;
		openDialog(null);
		choice.act();
	};
	return (
		<div className={styles.palette} data-testid="palette">
			<TextInput
				data-autofocus
				// It may come after the frame that keeps the focus was opened.
				autoFocus
				aria-label={t("palette.title")}
				placeholder={t("palette.placeholder")}
				leftSection={<Search size="1em" aria-hidden />}
				role="combobox"
				aria-expanded={found.length > 0}
				aria-controls="palette-list"
				aria-activedescendant={at >= 0 ? optionId(at) : undefined}
				autoComplete="off"
				spellCheck={false}
				value={typed}
				onChange={(event) => {
					setTyped(event.currentTarget.value);
					setMarked(0);
				}}
				onKeyDown={(event) => {
					const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
					if (step !== undefined && found.length > 0) {
						event.preventDefault();
						setMarked((at + step + found.length) % found.length);
					}
					if (event.key === "Enter") {
						event.preventDefault();
						choose(found[at]);
					}
				}}
			/>
			<div role="listbox" id="palette-list" aria-label={t("palette.title")}>
				{found.map((choice, index) => (
					<div
						key={choice.key}
						id={optionId(index)}
						role="option"
						tabIndex={-1}
						aria-selected={index === at}
						onPointerMove={() => setMarked(index)}
						onClick={() => choose(choice)}
						onKeyDown={() => {}}
					>
						<choice.icon size="1.2em" aria-hidden />
						<span>{choice.label}</span>
						<small>{choice.of}</small>
					</div>
				))}
			</div>
			{found.length === 0 && (
				<p role="status" className="muted">
					{t("palette.none", { typed })}
				</p>
			)}
		</div>
	);
}

/** What fits the text, nearest first; before anything is typed, the screens and commands. */
function useFound(
	typed: string,
	dataset: ScreenProps["dataset"],
	commands: readonly ShellCommand[],
): readonly Choice[] {
	const { t, format } = useLanguage();
	const { areas, select } = useSelectedArea();
	const { data: districts } = useAnswer(Districts, {});
	const { data: villages } = useAnswer(Villages, {});
	const screens = useOpenScreens();
	const hasFacilities = screens.some(({ key }) => key === "logistik");
	const { data: facilities } = useAnswer(
		Facilities,
		{},
		{ enabled: hasFacilities && typed.trim().length > 1 },
	);
	const indicators = useIndicators();
	const displays = useDisplays();
	const { firstDay, lastDay } = dataset;

	const fixed = useMemo((): readonly Choice[] => {
		const { change } = useView.getState();
		const inBoth = (say: (t: TFunction) => string) =>
			(["id", "en"] as const).map((language) =>
				say(i18next.getFixedT(language)),
			);
		return [
			...screens.map((screen) => ({
				key: `screen ${screen.key}`,
				label: t(`screen.${screen.key}`),
				of: `${t("palette.screen")} · g ${screen.letter}`,
				icon: screen.icon,
				words: inBoth((say) => say(`screen.${screen.key}`)),
				act: () => goTo(screen.key),
			})),
			...indicators.map((key) => ({
				key: `indicator ${key}`,
				label: t(`indicator.${key}`),
				of: t("indicator.label"),
				icon: ChartLine,
				words: inBoth((say) => say(`indicator.${key}`)),
				act: seen(
					() =>
						change({
							indicator: key,
							measure: nearestMeasure(key, useView.getState().measure),
						}),
					"indicator",
				),
			})),
			...commands
				.filter(({ hidden }) => !hidden)
				.map(({ key, icon, indicator, act }) => ({
					key: `command ${key}`,
					label: t(`command.${key}`),
					of: t("palette.command"),
					icon,
					words: inBoth((say) => say(`command.${key}`)),
					act: indicator ? seen(act, "indicator") : act,
				})),
			...pinnable().map(
				({ kind, what, press }): Choice => ({
					key: `pin ${kind}`,
					label: t("pin.of", { what }),
					of: t("palette.command"),
					icon: Pin,
					words: [...inBoth((say) => say("pin.action")), what],
					act: press,
				}),
			),
			...displays,
		];
	}, [t, screens, commands, indicators, displays]);

	const aboveOf = useMemo(() => {
		const districtsById = new Map(districts?.map((area) => [area.id, area]));
		return ({ parent, level }: AreaRow) => {
			const above =
				areas?.byId(parent ?? -1) ?? districtsById.get(parent ?? -1);
			return above && level === "village" ? `Kec. ${above.name}` : above?.name;
		};
	}, [areas, districts]);
	const places = useMemo(
		(): readonly Choice[] =>
			(areas?.all ?? [])
				.filter(({ unknownPlace, level }) => !unknownPlace && !isApart(level))
				.map((area) => placeChoice(area, aboveOf(area), select, t)),
		[areas, aboveOf, select, t],
	);
	const known = useMemo(
		() => foldedNames([...(districts ?? []), ...(villages ?? [])]),
		[districts, villages],
	);

	const knownFacilities = useMemo(
		() => foldedNames(facilities ?? []),
		[facilities],
	);

	return useMemo(() => {
		if (typed.trim() === "") return fixed;
		const day = dayFromText(typed);
		if (day !== undefined) {
			const there = Math.min(Math.max(day, firstDay), lastDay);
			const words = { day: format.day(day), there: format.day(there) };
			return [
				{
					key: "day",
					label: t("palette.goToDay", { day: words.there }),
					of: there === day ? t("palette.day") : t("palette.noSuchDay", words),
					icon: CalendarDays,
					words: [],
					act: seen(() => clock.goTo(there)),
				},
			];
		}
		return nearestOf(
			typed,
			[
				...fixed,
				...places,
				...namedLike(typed, known, MOST).map((area) =>
					placeChoice(area, aboveOf(area), select, t),
				),
				...namedLike(typed, knownFacilities, MOST).map((facility) =>
					facilityChoice(facility, areas ?? undefined, t),
				),
			],
			({ words }) => words,
			MOST,
		);
	}, [
		typed,
		fixed,
		places,
		known,
		knownFacilities,
		areas,
		aboveOf,
		select,
		firstDay,
		lastDay,
		t,
		format,
	]);
}

/** The parts of the screen that can be pinned to a wall, by the buttons with which they say so (parts/ui/pin-menu). */
function pinnable(): { kind: string; what: string; press: () => void }[] {
	return [...document.querySelectorAll<HTMLElement>("[data-pin]")].map(
		(button) => ({
			kind: button.dataset.pin ?? "",
			what: button.dataset.what ?? "",
			// The frame of the palette gives the focus back first.
			press: () => void setTimeout(() => button.click(), 0),
		}),
	);
}

/** What is said before the names of levels in which a name repeats one of another level. */
const SHORT_LEVEL: Partial<Record<Level, string>> = {
	district: "Kec. ",
	village: "Kel. ",
};

const FACILITY_ICONS = {
	hospital: Hospital,
	laboratory: FlaskConical,
	warehouse: Warehouse,
} as const;

function facilityChoice(
	facility: FacilityRow,
	areas: AreaIndex | undefined,
	t: TFunction,
): Choice {
	const { code, kind, name, area } = facility;
	return {
		key: `facility ${code}`,
		label: name,
		of: [t(`palette.${kind}`), areas?.byId(area)?.name, code]
			.filter(Boolean)
			.join(" · "),
		icon: FACILITY_ICONS[kind],
		words: [name, code],
		act: () => openFacility(facility, areas),
	};
}

function placeChoice(
	area: AreaRow,
	above: string | undefined,
	select: (area: AreaRow) => void,
	t: TFunction,
): Choice {
	return {
		key: `area ${area.code}`,
		label: `${SHORT_LEVEL[area.level] ?? ""}${area.name}`,
		of: [above ?? t(`level.${area.level}`), area.code].join(" · "),
		icon: MapPin,
		words: areaWords(area),
		act: seen(() => select(area)),
	};
}
