import { Button, Modal, Progress, Select } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { type Day, isoFromDay } from "../../../core/series/day.ts";
import { clock, useClock } from "../../clock/use-clock.ts";
import { dayFromText } from "../../i18n/format.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import {
	type FilmForm,
	FilmTooLarge,
	filmForm,
	makeFilm,
} from "../../parts/export/film.ts";
import {
	bytesAtMost,
	dayOfFrame,
	FRAME_RATES,
	frameCount,
	isFilm,
	MOST_IN_MEMORY,
	secondsOfFrame,
} from "../../parts/export/frame-schedule.ts";
import {
	CopyLost,
	keptWhileWritten,
} from "../../parts/export/kept-while-written.ts";
import type { MapColours } from "../../parts/map/palettes.ts";
import type { ExportEnding } from "../../parts/ui/csv.ts";
import { DayInput } from "../../parts/ui/day-input.tsx";
import {
	canWriteAsMade,
	openForWriting,
	saveFile,
} from "../../state/desktop.ts";
import styles from "./export.module.css";
import { openSheet, type SheetTexts } from "./map-sheet.ts";
import { SPEEDS } from "./search.ts";
import type { SheetMaps } from "./sheet-maps.ts";

const SIZES = ["1280x720", "1920x1080", "2560x1440", "3840x2160"] as const;
const MEGABYTE = 1024 * 1024;

type State =
	| { readonly kind: "choosing" }
	| {
			readonly kind: "making";
			readonly done: number;
			readonly of: number;
			/** As of one that is done. */
			readonly elsewhere: string | null;
	  }
	| {
			readonly kind: "done";
			/** Why it lies among the downloads and not where it was to be; null where it does. */
			readonly elsewhere: string | null;
	  }
	| { readonly kind: "failed"; readonly message: string };

/** Makes a film of what is shown from one day to another: each frame is drawn for its day. */
export function FilmDialog({
	maps,
	ground,
	texts,
	isExercise,
	name,
	close,
}: {
	maps: SheetMaps;
	ground: MapColours;
	texts: (signal: AbortSignal) => Promise<(day: Day) => SheetTexts>;
	isExercise: boolean;
	/** What the file is called, of some days. */
	name: (ending: ExportEnding, days: string) => string;
	close: () => void;
}) {
	const { t, format } = useLanguage();
	const range = useClock((clock) => clock.range);
	const [from, setFrom] = useState(() => format.day(range?.firstDay ?? 0));
	const [to, setTo] = useState(() => format.day(range?.lastDay ?? 0));
	const [speed, setSpeed] = useState("5");
	const [rate, setRate] = useState("30");
	const [size, setSize] = useState<string>(SIZES[1]);
	const [form, setForm] = useState<FilmForm | null | undefined>(undefined);
	const [state, setState] = useState<State>({ kind: "choosing" });
	const making = useRef<AbortController | null>(null);
	const [width = 0, height = 0] = size.split("x").map(Number);
	const lapse = {
		from: dayFromText(from) ?? Number.POSITIVE_INFINITY,
		to: dayFromText(to) ?? Number.NEGATIVE_INFINITY,
		daysPerSecond: Number(speed),
		framesPerSecond: Number(rate),
	};
	useEffect(() => {
		let wanted = true;
		setForm(undefined);
		void filmForm({ width, height, frameRate: Number(rate) }).then(
			(found) => wanted && setForm(found),
			() => wanted && setForm(null),
		);
		return () => {
			wanted = false;
		};
	}, [width, height, rate]);
	useEffect(() => () => making.current?.abort(), []);

	const isRead = [from, to].every((text) => dayFromText(text) !== undefined);
	const isInside =
		range !== null &&
		lapse.from >= range.firstDay &&
		lapse.to <= range.lastDay &&
		lapse.from <= lapse.to;
	const megabytes = (bytes: number) =>
		format.number(Math.ceil(bytes / MEGABYTE));
	const asMade = canWriteAsMade();
	const problem = !isInside
		? t("mapExport.noDays")
		: !isFilm(lapse)
			? t("mapExport.tooFast")
			: form === null
				? t("mapExport.noEncoder")
				: !asMade && bytesAtMost(lapse, { width, height }) > MOST_IN_MEMORY
					? t("mapExport.tooLarge", { size: megabytes(MOST_IN_MEMORY) })
					: null;
	const frames = problem === null ? frameCount(lapse) : 0;

	const make = async (form: FilmForm) => {
		const stop = new AbortController();
		const called = name(
			form.ending,
			`${isoFromDay(lapse.from)}_${isoFromDay(lapse.to)}`,
		);
		making.current = stop;
		// Asked for at once: a browser offers a place only in answer to a press.
		let file: Awaited<ReturnType<typeof openForWriting>>;
		try {
			file = await openForWriting(called, form.type);
		} catch (reason) {
			if ((reason as Error).name !== "AbortError")
				setState({ kind: "failed", message: whyNoPlace(reason, t) });
			return;
		}
		const kept = file && keptWhileWritten(file.into);
		const elsewhere = () => {
			const failure = kept?.failure() ?? null;
			return failure === null ? null : whyNoPlace(failure, t);
		};
		clock.pause();
		const before = clock.anchor;
		setState({ kind: "making", done: 0, of: frames, elsewhere: null });
		try {
			const write = await texts(stop.signal);
			const sheet = await openSheet(
				maps,
				{ width, height },
				ground,
				isExercise,
				stop.signal,
			);
			try {
				let drawn: Day | null = null;
				const bytes = await makeFilm({
					canvas: sheet.canvas,
					lapse,
					form,
					into: kept?.into ?? null,
					signal: stop.signal,
					draw(frame) {
						const day = dayOfFrame(lapse, frame);
						if (day === drawn) return;
						drawn = day;
						// Not as a person would go there: the other windows stay where they are. What stands on the maps is of the day before it is drawn.
						flushSync(() =>
							clock.follow({ ...before, at: day, playing: false }),
						);
						sheet.draw(write(day));
					},
					progress(done, of) {
						setState({ kind: "making", done, of, elsewhere: elsewhere() });
					},
				});
				await kept?.finish();
				const why = elsewhere();
				const whole = why === null ? bytes : await kept?.whole();
				if (whole) await saveFile(called, whole, form.type);
				if (why !== null) await file?.discard();
				setState({ kind: "done", elsewhere: why });
			} finally {
				sheet.close();
				clock.follow(before);
			}
		} catch (reason) {
			await kept?.giveUp();
			await file?.discard();
			setState(
				stop.signal.aborted
					? { kind: "choosing" }
					: {
							kind: "failed",
							message:
								reason instanceof FilmTooLarge
									? t("mapExport.tooLarge", {
											size: megabytes(MOST_IN_MEMORY),
										})
									: reason instanceof CopyLost
										? t("mapExport.lost", {
												why: elsewhere() ?? "",
												copy: whyNoPlace(reason.cause, t),
											})
										: String(reason),
						},
			);
		}
	};
	const isMaking = state.kind === "making";
	const cancel = () => {
		if (isMaking) making.current?.abort();
		else close();
	};
	return (
		<Modal
			opened
			onClose={cancel}
			title={t("mapExport.title")}
			closeButtonProps={{ "aria-label": t("app.close") }}
			closeOnClickOutside={!isMaking}
		>
			<div className={styles.film} data-testid="film" data-state={state.kind}>
				<div className={styles.fields}>
					{(
						[
							["from", from, setFrom],
							["to", to, setTo],
						] as const
					).map(([which, text, change]) => (
						<DayInput
							key={which}
							label={t(`mapExport.${which}`)}
							text={text}
							change={change}
							disabled={isMaking}
							error={
								dayFromText(text) === undefined
									? t("playback.badDate")
									: undefined
							}
						/>
					))}
					<Select
						label={t("mapExport.speed")}
						allowDeselect={false}
						disabled={isMaking}
						data={SPEEDS.map((one) => ({
							value: String(one),
							label: format.number(one),
						}))}
						value={speed}
						onChange={(value) => setSpeed(value ?? speed)}
					/>
					<Select
						label={t("mapExport.rate")}
						allowDeselect={false}
						disabled={isMaking}
						data={FRAME_RATES.map(String)}
						value={rate}
						onChange={(value) => setRate(value ?? rate)}
					/>
					<Select
						label={t("mapExport.size")}
						allowDeselect={false}
						disabled={isMaking}
						data-testid="film-size"
						data={SIZES.map((value) => ({
							value,
							label: value.replace("x", " × "),
						}))}
						value={size}
						onChange={(value) => setSize(value ?? size)}
					/>
				</div>
				{problem
					? // Beside a day that cannot be read it is said so already.
						isRead && <p role="alert">{problem}</p>
					: form && (
							<>
								<p data-testid="film-count">
									{t("mapExport.count", {
										frames: format.number(frames),
										seconds: format.number(secondsOfFrame(lapse, frames)),
										format: form.ending.toUpperCase(),
										size: megabytes(bytesAtMost(lapse, { width, height })),
									})}
								</p>
								{form.ending === "webm" && <p>{t("mapExport.webm")}</p>}
								<p>
									{asMade
										? t("mapExport.asMade")
										: t("mapExport.memory", {
												size: megabytes(MOST_IN_MEMORY),
											})}
								</p>
							</>
						)}
				{state.kind === "making" && (
					<div role="status">
						<p>
							{t("mapExport.progress", {
								done: format.number(state.done),
								of: format.number(state.of),
							})}
						</p>
						<Progress
							value={(state.done / state.of) * 100}
							aria-label={t("mapExport.making")}
						/>
						{state.elsewhere !== null && (
							<p>{t("mapExport.goesElsewhere", { why: state.elsewhere })}</p>
						)}
					</div>
				)}
				{state.kind === "done" && (
					<p role="status">
						{state.elsewhere === null
							? t("mapExport.done")
							: t("mapExport.elsewhere", { why: state.elsewhere })}
					</p>
				)}
				{state.kind === "failed" && (
					<p role="alert">{t("table.notSaved", { message: state.message })}</p>
				)}
				<div className={styles.foot}>
					<Button variant="default" onClick={cancel} data-testid="film-cancel">
						{t(isMaking ? "mapExport.cancel" : "app.close")}
					</Button>
					<Button
						disabled={isMaking || problem !== null || !form}
						data-testid="film-start"
						onClick={() => form && void make(form)}
					>
						{t("mapExport.start")}
					</Button>
				</div>
			</div>
		</Modal>
	);
}

/** What became of a place that cannot be written to, and what to do; in the words of the browser where we have none. */
function whyNoPlace(
	reason: unknown,
	t: ReturnType<typeof useLanguage>["t"],
): string {
	switch ((reason as Error).name) {
		case "NotFoundError":
			return t("mapExport.place.gone");
		case "QuotaExceededError":
			return t("mapExport.place.full");
		case "NotAllowedError":
		case "NoModificationAllowedError":
		case "SecurityError":
			return t("mapExport.place.locked");
		default:
			return String(reason);
	}
}
