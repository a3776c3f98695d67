import { Alert, Button, Select, Switch, TextInput } from "@mantine/core";
import {
	ChevronLeft,
	ChevronRight,
	MapPin,
	Pause,
	Play,
	Square,
	Sun,
	SunDim,
	Unplug,
} from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { mayAt } from "../../../core/api/session.ts";
import { OrderShow } from "../../../core/api/show.ts";
import {
	BY_THE_CLOCK,
	halted,
	movedBy,
	type Playlist,
} from "../../../core/wall/playlist.ts";
import type { Scene } from "../../../core/wall/scene.ts";
import { begunOf, type Show, type ShowOrder } from "../../../core/wall/show.ts";
import { dayFromText } from "../../i18n/format.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import type { ScreenProps } from "../../navigation/screen-props.ts";
import { PanelNotice } from "../../parts/ui/panel.tsx";
import { useCommand } from "../../state/answers.ts";
import { useAreas } from "../../state/area-index.ts";
import { useSession } from "../../state/session.ts";
import { useView } from "../../state/view-state.ts";
import styles from "./presenter.module.css";
import { SceneGrid } from "./scene-grid.tsx";
import { Sketch } from "./sketch.tsx";
import { Stage, type Whole } from "./stage.tsx";
import { useSilentSince } from "./use-heard.ts";
import { useWalls } from "./use-walls.ts";
import { useWanted, type Wanted } from "./wall-run.ts";
import { WallWindowList } from "./wall-window-list.tsx";

/** The next scene is drawn as a display of this size shows it: its letters can be read small. */
const PREVIEW: Whole = [1366, 768];
/** A window this wide (px) draws the next scene; a phone shows how it is divided. */
const WIDE = 900;

/** What a presenter's clicker and a keyboard send. */
const KEYS: Readonly<Record<string, "next" | "back" | "pause" | "black">> = {
	ArrowRight: "next",
	ArrowDown: "next",
	PageDown: "next",
	ArrowLeft: "back",
	ArrowUp: "back",
	PageUp: "back",
	" ": "pause",
	b: "black",
	B: "black",
	".": "black",
};
/** Where these keys are somebody's letters or move something of their own. */
const TYPED_INTO = "input, textarea, select, [role=listbox], [role=option]";

/** What leads the walls of this workstation: in a window beside them, or on a phone. */
export default function Presenter({ dataset }: ScreenProps) {
	const { t, format } = useLanguage();
	const walls = useWalls();
	const { wanted, now } = useWanted(walls, "");
	const silentSince = useSilentSince();
	const { data: session } = useSession();
	const { mutate, error } = useCommand(OrderShow);
	const may = session !== undefined && mayAt(session, OrderShow);
	const lead = useLead(wanted, mutate, error !== null);
	useShowKeys(may ? lead : null);
	if (!walls || !wanted)
		return (
			<main className={styles.presenter}>
				<PanelNotice>{t("app.loading")}</PanelNotice>
			</main>
		);
	const { show } = wanted;
	return (
		<main className={styles.presenter} data-testid="presenter">
			{dataset.exercise && (
				<div className={styles.exercise} role="note">
					{dataset.label || t("exercise.label")}
				</div>
			)}
			{silentSince !== null && (
				<p role="alert" className={styles.lost} data-testid="presenter-lost">
					<Unplug size="1em" aria-hidden /> {t("show.lost")}
				</p>
			)}
			{error && (
				<Alert color="red" role="alert">
					{t("show.failed", { message: error.message })}
				</Alert>
			)}
			{!may && <Alert color="yellow">{t("show.notAllowed")}</Alert>}
			<Where wanted={wanted} now={now} />
			<div className={styles.columns}>
				<div className={styles.column}>
					{lead ? (
						<Steps lead={lead} show={show} may={may} />
					) : (
						<PanelNotice>{t("show.nothing")}</PanelNotice>
					)}
					<Notes scene={wanted.scene} />
					<AreaOrders show={show} order={mutate} may={may} />
					<TimeOrders show={show} order={mutate} may={may} range={dataset} />
				</div>
				<div className={styles.column}>
					<Preview scene={wanted.next} now={now} show={show} />
					{wanted.playlist && (
						<Jump
							playlist={wanted.playlist}
							playlists={walls.playlists}
							scenes={walls.scenes}
							entry={wanted.showing?.entry ?? 0}
							order={mutate}
							may={may}
						/>
					)}
					<div className={styles.row}>
						<Button
							size="sm"
							variant="default"
							disabled={!may || show.begunAt === null}
							data-testid="show-end"
							onClick={() => mutate({ do: "end" })}
						>
							{t("show.end")}
						</Button>
					</div>
					<p className="muted" role="status" data-testid="show-last">
						{show.turn === 0 || show.begunAt === null
							? t("show.byTheHour")
							: t("show.last", {
									by: show.by || t("show.somebody"),
									time: format.time(show.from),
								})}
					</p>
					<p className="muted">{t("show.keys")}</p>
					<WallWindowList />
				</div>
			</div>
		</main>
	);
}

type Order = (order: ShowOrder) => void;

/** What can be done with the playlist that is shown. */
interface Lead {
	step(by: -1 | 1): void;
	pause(on: boolean): void;
	black(on: boolean): void;
	readonly paused: boolean;
	readonly isBlack: boolean;
	readonly holds: boolean;
	hold(on: boolean): void;
}

function useLead(
	wanted: Wanted | null,
	order: Order,
	failed: boolean,
): Lead | null {
	// What was ordered last, though it does not hold yet: who presses twice goes on by two.
	const ahead = useRef<{ run: Show["run"]; turn: number } | null>(null);
	// What never came there is not gone on from.
	if (failed) ahead.current = null;
	if (!wanted?.playlist) return null;
	const { playlist, show } = wanted;
	const begun = () => {
		const mine = ahead.current;
		if (mine && mine.run?.playlist === playlist.id && mine.turn === show.turn)
			return mine.run;
		return begunOf(show, playlist.id) ?? BY_THE_CLOCK;
	};
	const run = (entry: number, paused: boolean) => {
		const at = Date.now();
		ahead.current = {
			run: { playlist: playlist.id, entry, at, paused },
			turn: show.turn,
		};
		order({ do: "run", playlist: playlist.id, entry, paused });
	};
	const paused = begun().paused;
	return {
		step(by) {
			const next = movedBy(playlist, begun(), by, Date.now());
			run(next.entry, next.paused);
		},
		pause(on) {
			const next = halted(playlist, begun(), on, Date.now());
			run(next.entry, next.paused);
		},
		black: (on) => order({ do: "black", on }),
		hold: (on) => order({ do: "hold-triggers", on }),
		paused,
		isBlack: show.black,
		holds: show.holdsTriggers,
	};
}

function useShowKeys(lead: Lead | null): void {
	const now = useRef(lead);
	now.current = lead;
	const change = useView((view) => view.change);
	useEffect(() => {
		const onKey = (event: KeyboardEvent) => {
			if (event.ctrlKey || event.metaKey || event.altKey) return;
			const what = KEYS[event.key];
			const target = event.target as HTMLElement;
			if (target.closest(TYPED_INTO)) return;
			if (event.key === "Escape") change({ wall: false, own: {} });
			if (!what) return;
			// Space on a button presses it.
			if (event.key === " " && target.closest("button")) return;
			event.preventDefault();
			event.stopPropagation();
			const { current } = now;
			if (!current) return;
			if (what === "next") current.step(1);
			else if (what === "back") current.step(-1);
			else if (what === "pause") current.pause(!current.paused);
			else current.black(!current.isBlack);
		};
		window.addEventListener("keydown", onKey, { capture: true });
		return () =>
			window.removeEventListener("keydown", onKey, { capture: true });
	}, [change]);
}

/** What is seen, of how many, and how long somebody has been speaking. */
function Where({ wanted, now }: { wanted: Wanted; now: number }) {
	const { t } = useLanguage();
	const { scene, playlist, showing, show, until } = wanted;
	return (
		<header className={styles.where}>
			<div>
				<small>
					{t("show.now")}
					{playlist && showing && (
						<>
							{" · "}
							{t("show.of", {
								entry: showing.entry + 1,
								count: playlist.entries.length,
							})}
						</>
					)}
					{until === null && playlist && <> · {t("show.paused")}</>}
				</small>
				<h1 data-testid="show-now">{scene?.name ?? "–"}</h1>
			</div>
			<div className={styles.timer}>
				<small>{t("show.timer")}</small>
				<output data-testid="show-timer">
					{show.begunAt === null ? "0:00" : spoken(now - show.begunAt)}
				</output>
			</div>
		</header>
	);
}

function spoken(milliseconds: number): string {
	const seconds = Math.max(0, Math.floor(milliseconds / 1000));
	const two = (count: number) => String(count).padStart(2, "0");
	const [hours, minutes] = [
		Math.floor(seconds / 3600),
		Math.floor(seconds / 60) % 60,
	];
	return hours > 0
		? `${hours}:${two(minutes)}:${two(seconds % 60)}`
		: `${minutes}:${two(seconds % 60)}`;
}

function Steps({ lead, show, may }: { lead: Lead; show: Show; may: boolean }) {
	const { t } = useLanguage();
	return (
		<>
			<div className={styles.steps}>
				<Button
					variant="default"
					disabled={!may}
					leftSection={<ChevronLeft size="1.6em" aria-hidden />}
					data-testid="show-back"
					onClick={() => lead.step(-1)}
				>
					{t("show.goBack")}
				</Button>
				<Button
					disabled={!may}
					rightSection={<ChevronRight size="1.6em" aria-hidden />}
					data-testid="show-next"
					onClick={() => lead.step(1)}
				>
					{t("show.goNext")}
				</Button>
			</div>
			<div className={styles.row}>
				<Toggle
					on={lead.paused}
					disabled={!may}
					testId="show-pause"
					icon={
						lead.paused ? (
							<Play size="1.2em" aria-hidden />
						) : (
							<Pause size="1.2em" aria-hidden />
						)
					}
					set={lead.pause}
				>
					{t(lead.paused ? "show.resume" : "show.pause")}
				</Toggle>
				<Toggle
					on={show.black}
					disabled={!may}
					testId="show-black"
					icon={
						show.black ? (
							<Sun size="1.2em" aria-hidden />
						) : (
							<SunDim size="1.2em" aria-hidden />
						)
					}
					set={lead.black}
				>
					{t(show.black ? "show.unblack" : "show.black")}
				</Toggle>
				<Switch
					label={t("show.holdTriggers")}
					disabled={!may}
					checked={show.holdsTriggers}
					data-testid="show-hold"
					onChange={(event) => lead.hold(event.currentTarget.checked)}
				/>
			</div>
		</>
	);
}

function Toggle({
	on,
	disabled,
	testId,
	icon,
	set,
	children,
}: {
	on: boolean;
	disabled: boolean;
	testId: string;
	icon: ReactNode;
	set: (on: boolean) => void;
	children: string;
}) {
	return (
		<Button
			size="md"
			variant={on ? "filled" : "default"}
			disabled={disabled}
			aria-pressed={on}
			leftSection={icon}
			data-testid={testId}
			onClick={() => set(!on)}
		>
			{children}
		</Button>
	);
}

function Notes({ scene }: { scene: Scene | null }) {
	const { t } = useLanguage();
	return (
		<section className={styles.notes} aria-label={t("show.notes")}>
			{scene?.notes ? (
				scene.notes.split("\n").map((line, at) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
					<p key={at}>{line}</p>
				))
			) : (
				<p className="muted">{t("show.noNotes")}</p>
			)}
		</section>
	);
}

function Preview({
	scene,
	now,
	show,
}: {
	scene: Scene | null;
	now: number;
	show: Show;
}) {
	const { t } = useLanguage();
	const wide = useWide();
	return (
		<section className={styles.preview} aria-label={t("show.next")}>
			<small>{t("show.next")}</small>
			<b data-testid="show-coming">{scene?.name ?? "–"}</b>
			{scene &&
				(wide ? (
					<div className={styles.stage}>
						<Stage of={PREVIEW}>
							<SceneGrid
								key={scene.id}
								scene={scene}
								now={now}
								area={show.area}
							/>
						</Stage>
					</div>
				) : (
					<div className={styles.sketch}>
						<Sketch scene={scene} />
						<span>
							{scene.panels
								.map(({ kind }) => t(`walls.panel.${kind}`))
								.join(" · ")}
						</span>
					</div>
				))}
		</section>
	);
}

function useWide(): boolean {
	const [wide, setWide] = useState(() => innerWidth >= WIDE);
	useEffect(() => {
		const measure = () => setWide(innerWidth >= WIDE);
		addEventListener("resize", measure);
		return () => removeEventListener("resize", measure);
	}, []);
	return wide;
}

/** Another playlist, or another scene of this one. */
function Jump({
	playlist,
	playlists,
	scenes,
	entry,
	order,
	may,
}: {
	playlist: Playlist;
	playlists: readonly Playlist[];
	scenes: readonly Scene[];
	entry: number;
	order: Order;
	may: boolean;
}) {
	const { t } = useLanguage();
	const run = (id: string, entry: number) =>
		order({ do: "run", playlist: id, entry, paused: true });
	return (
		<div className={styles.row}>
			<Select
				className={styles.wide}
				label={t("show.playlist")}
				allowDeselect={false}
				disabled={!may}
				value={playlist.id}
				data={playlists.map(({ id, name }) => ({ value: id, label: name }))}
				onChange={(id) => id && run(id, 0)}
			/>
			<Select
				className={styles.wide}
				label={t("show.scene")}
				allowDeselect={false}
				disabled={!may}
				data-testid="show-scene"
				value={String(entry)}
				data={playlist.entries.map(({ scene }, at) => ({
					value: String(at),
					label: `${at + 1}. ${scenes.find(({ id }) => id === scene)?.name ?? "–"}`,
				}))}
				onChange={(at) => at !== null && run(playlist.id, Number(at))}
			/>
		</div>
	);
}

/** As many areas as a list offers at once. */
const OFFERED = 60;

function AreaOrders({
	show,
	order,
	may,
}: {
	show: Show;
	order: Order;
	may: boolean;
}) {
	const { t } = useLanguage();
	const { upper } = useAreas();
	const [chosen, setChosen] = useState<string | null>(null);
	const nameOf = (code: string) => upper?.byCode(code)?.name ?? code;
	return (
		<section className={styles.group} aria-label={t("show.area")}>
			<Select
				searchable
				clearable
				limit={OFFERED}
				label={t("show.area")}
				placeholder={t("show.areaPlaceholder")}
				data-testid="show-area"
				disabled={!may}
				value={chosen}
				data={(upper?.all ?? []).map(({ code, name }) => ({
					value: code,
					label: `${name} · ${code}`,
				}))}
				onChange={setChosen}
			/>
			<div className={styles.row}>
				<Button
					variant="default"
					disabled={!may || chosen === null}
					data-testid="show-go-to"
					onClick={() => order({ do: "area", area: chosen })}
				>
					{t("show.goTo")}
				</Button>
				<Button
					variant="default"
					disabled={!may || chosen === null}
					leftSection={<MapPin size="1.1em" aria-hidden />}
					data-testid="show-point"
					onClick={() => order({ do: "point", area: chosen })}
				>
					{t("show.point")}
				</Button>
				{show.point !== null && (
					<Button
						variant="filled"
						disabled={!may}
						data-testid="show-unpoint"
						onClick={() => order({ do: "point", area: null })}
					>
						{t("show.unpoint")}
					</Button>
				)}
				{show.area !== null && (
					<Button
						variant="filled"
						disabled={!may}
						data-testid="show-own-areas"
						onClick={() => order({ do: "area", area: null })}
					>
						{t("show.back")}
					</Button>
				)}
			</div>
			{(show.area !== null || show.point !== null) && (
				<p role="status">
					{[
						show.area !== null &&
							t("show.shownArea", { area: nameOf(show.area) }),
						show.point !== null &&
							t("show.pointed", { area: nameOf(show.point) }),
					]
						.filter(Boolean)
						.join(" · ")}
				</p>
			)}
		</section>
	);
}

function TimeOrders({
	show,
	order,
	may,
	range: { firstDay, lastDay },
}: {
	show: Show;
	order: Order;
	may: boolean;
	range: ScreenProps["dataset"];
}) {
	const { t, format } = useLanguage();
	const { time } = show;
	const day = time?.day ?? null;
	const [typed, setTyped] = useState<string | null>(null);
	const meant = typed === null ? undefined : dayFromText(typed);
	const wrong = typed !== null && typed !== "" && meant === undefined;
	/** Goes to the day that was typed, or to the nearest that there is. */
	const go = () => {
		if (meant === undefined) return;
		setTyped(null);
		const there = Math.min(Math.max(meant, firstDay), lastDay);
		order({ do: "time", time: { day: there, playing: false } });
	};
	return (
		<section className={styles.group} aria-label={t("show.day")}>
			<div className={styles.row}>
				<TextInput
					className={styles.wide}
					label={t("show.day")}
					disabled={!may}
					value={typed ?? format.day(day ?? lastDay)}
					error={wrong && t("playback.badDate")}
					data-testid="show-day"
					onFocus={(event) => event.currentTarget.select()}
					onChange={(event) => setTyped(event.currentTarget.value)}
					onBlur={go}
					onKeyDown={(event) => {
						if (event.key === "Enter") go();
						if (event.key === "Escape") setTyped(null);
					}}
				/>
				<Button
					variant="default"
					disabled={!may || time === null}
					data-testid="show-newest"
					onClick={() => order({ do: "time", time: null })}
				>
					{t("show.newest")}
				</Button>
				<Toggle
					on={time?.playing ?? false}
					disabled={!may}
					testId="show-play"
					icon={
						time?.playing ? (
							<Square size="1.1em" aria-hidden />
						) : (
							<Play size="1.1em" aria-hidden />
						)
					}
					set={(playing) => order({ do: "time", time: { day, playing } })}
				>
					{t(time?.playing ? "show.stop" : "show.play")}
				</Toggle>
			</div>
			{time && (
				<p role="status">
					{time.playing ? t("show.playing") : format.day(time.day ?? lastDay)}
				</p>
			)}
		</section>
	);
}
