import { TriangleAlert, Unplug } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Day } from "../../../core/series/day.ts";
import type { Scene } from "../../../core/wall/scene.ts";
import { AT_REST, type Show } from "../../../core/wall/show.ts";
import { SPEEDS } from "../../clock/clock.ts";
import { clock, useClock } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import type { ScreenProps } from "../../navigation/screen-props.ts";
import { PanelNotice } from "../../parts/ui/panel.tsx";
import { useAreas } from "../../state/area-index.ts";
import { ownTime } from "../../state/backend-time.ts";
import { useConnection } from "../../state/connection.ts";
import { useSearch } from "../../state/search.ts";
import { useView } from "../../state/view-state.ts";
import { Pulse, type WhatHangs } from "./pulse.tsx";
import { RaisedNotice } from "./raised-notice.tsx";
import { SceneGrid } from "./scene-grid.tsx";
import { wallSearch } from "./search.ts";
import { useSilentSince } from "./use-heard.ts";
import { useLayers } from "./use-layers.ts";
import { useThisDevice } from "./use-this-device.ts";
import { useWalls } from "./use-walls.ts";
import styles from "./wall.module.css";
import { isDim, shiftAt, useTypeForRoom } from "./wall-room.ts";
import { useWanted, type Wanted } from "./wall-run.ts";

/** A wall: one scene after the other, nothing to press, and how old and how sure it all is. */
export default function WallView({ dataset }: ScreenProps) {
	const { clock: zone } = useLanguage();
	const [search] = useSearch(wallSearch);
	const walls = useWalls();
	const device = useThisDevice();
	const { wanted, now, tell } = useWanted(
		walls,
		device ? device.show : search.show,
	);
	const show = wanted?.show ?? AT_REST;
	const box = useRef<HTMLDivElement>(null);
	const layers = useLayers(wanted, now, box, tell);
	const silentSince = useSilentSince();
	const { exercise } = dataset;
	const shown = walls?.scenes.find(({ id }) => id === layers.shown) ?? null;
	useTypeForRoom(search);
	usePlaying(shown, show.time, wanted?.showing?.since ?? 0);
	useShowMark(show.turn);
	useLeaving(device === null);
	const shift = shiftAt(now);
	const drawn = [layers.leaving, layers.shown, layers.coming].flatMap(
		(id) => walls?.scenes.find((scene) => scene.id === id) ?? [],
	);
	const phaseOf = ({ id }: Scene) =>
		id === layers.shown ? "shown" : id === layers.coming ? "coming" : "leaving";
	return (
		<main
			className={styles.wall}
			data-testid="wall"
			data-exercise={exercise || undefined}
			data-lost={silentSince !== null || undefined}
			data-dim={isDim(search.dim, zone, now) || undefined}
			data-black={show.black || undefined}
			data-transition={wanted?.transition}
		>
			<div
				className={styles.shifted}
				style={{ transform: `translate(${shift.x}rem, ${shift.y}rem)` }}
			>
				{exercise && <Exercise label={dataset.label} />}
				<div ref={box} className={styles.layers}>
					{drawn.map((scene) => (
						<section
							// One that is drawn behind stays what it is when it comes forward.
							key={scene.id}
							className={styles.layer}
							data-scene={scene.id}
							data-phase={phaseOf(scene)}
							aria-label={scene.name}
							aria-hidden={phaseOf(scene) !== "shown"}
						>
							<SceneGrid
								scene={scene}
								now={now}
								area={show.area}
								point={show.point}
							/>
						</section>
					))}
					{wanted && !shown && <NothingToShow wanted={wanted} />}
				</div>
				{wanted?.raised && wanted.raised.scene === layers.shown && (
					<RaisedNotice raised={wanted.raised} />
				)}
				<Strip
					name={shown?.name ?? ""}
					next={wanted?.next?.name ?? null}
					show={show}
					beat={{
						name: search.name,
						show: search.show,
						scene: layers.shown,
					}}
					now={now}
					silentSince={silentSince}
					dataset={dataset}
				/>
			</div>
		</main>
	);
}

function Exercise({ label }: { label: string }) {
	const { t } = useLanguage();
	return (
		<div className={styles.exercise} role="note" data-testid="wall-exercise">
			{label || t("exercise.label")}
		</div>
	);
}

function NothingToShow({ wanted }: { wanted: Wanted }) {
	const { t } = useLanguage();
	return (
		<PanelNotice>
			{t(
				wanted.playlist
					? "walls.goneScene"
					: wanted.scene === null && wanted.showing === null
						? "walls.noScene"
						: "walls.nothingNow",
			)}
		</PanelNotice>
	);
}

/** What is shown and what follows, of which publication it is, and whether anybody answers. */
function Strip({
	name,
	next,
	show,
	beat,
	now,
	silentSince,
	dataset,
}: ScreenProps & {
	name: string;
	next: string | null;
	show: Show;
	beat: WhatHangs;
	now: number;
	silentSince: number | null;
}) {
	const { t, format } = useLanguage();
	const { upper } = useAreas();
	const pointed = show.point !== null && upper?.byCode(show.point);
	const sync = useConnection(({ state }) => state?.sync);
	const trouble =
		silentSince !== null
			? {
					text: t("walls.lost", { time: format.time(silentSince) }),
					lost: true,
				}
			: sync?.kind === "offline"
				? {
						text: t("walls.offline", { time: format.time(sync.since) }),
						lost: false,
					}
				: sync?.kind === "error"
					? {
							text: t("walls.syncError", { time: format.time(sync.since) }),
							lost: true,
						}
					: null;
	return (
		<footer className={styles.strip} data-testid="wall-strip">
			<Pulse hangs={beat} />
			<b>{name}</b>
			{show.black && <span>{t("show.isBlack")}</span>}
			{show.point !== null && (
				<b className={styles.pointed} data-testid="wall-pointed">
					{t("show.pointed", { area: pointed ? pointed.name : show.point })}
				</b>
			)}
			{next !== null && next !== name && (
				<span className={styles.next}>{t("walls.next", { name: next })}</span>
			)}
			<span className={styles.push} />
			{trouble ? (
				<strong
					role="alert"
					className={styles.trouble}
					data-lost={trouble.lost || undefined}
					data-testid="wall-trouble"
				>
					{trouble.lost ? (
						<Unplug size="1.1em" aria-hidden />
					) : (
						<TriangleAlert size="1.1em" aria-hidden />
					)}
					{trouble.text}
				</strong>
			) : (
				<span>
					{t("walls.published", {
						seq: format.number(dataset.seq),
						time: format.time(dataset.committedAt),
					})}
				</span>
			)}
			<span className={styles.now}>{format.time(now)}</span>
		</footer>
	);
}

/**
 * Moves through time as a presenter says; without one while a scene is shown that does, from its first moment on and so on every display alike; else a
 * wall stands at the newest day.
 * @param since when the scene began, by the clock of the backend
 */
function usePlaying(
	scene: Scene | null,
	time: Show["time"],
	since: number,
): void {
	const plays =
		scene?.panels.some(({ kind }) => kind === "time-lapse") ?? false;
	const firstDay = useClock(({ range }) => range?.firstDay ?? null);
	const begun = plays ? since : 0;
	useEffect(() => {
		const { loop } = clock;
		return () => {
			clock.setLoop(loop);
			clock.ask(null);
		};
	}, []);
	useEffect(() => {
		if (firstDay === null) return;
		const move = (at: Day | null, moment: number, playing: boolean) =>
			clock.follow({
				...{ at, time: ownTime(moment), playing },
				...{ speed: SPEEDS[1], step: 1, loop: true },
			});
		if (time)
			move(
				time.playing ? (time.day ?? firstDay) : time.day,
				time.at,
				time.playing,
			);
		else if (plays) move(firstDay, begun, true);
		else if (clock.asked !== null || clock.playing) clock.ask(null);
	}, [plays, begun, firstDay, time]);
}

/** What a measurement of the displays hears of (tests/bench): the first frame with what a presenter ordered. */
function useShowMark(turn: number): void {
	useEffect(() => {
		const frame = requestAnimationFrame(() => {
			performance.clearMarks("wall-show");
			performance.mark("wall-show", { detail: turn });
		});
		return () => cancelAnimationFrame(frame);
	}, [turn]);
}

/** Esc leads back to the desk: whoever presses it has a keyboard. */
function useLeaving(may: boolean): void {
	const change = useView((view) => view.change);
	useEffect(() => {
		// A device of the network has no desk to go back to.
		if (!may) return;
		const leave = (event: KeyboardEvent) => {
			if (event.key !== "Escape" || event.defaultPrevented) return;
			event.preventDefault();
			if (document.fullscreenElement) void document.exitFullscreen();
			change({ wall: false });
		};
		window.addEventListener("keydown", leave, { capture: true });
		return () =>
			window.removeEventListener("keydown", leave, { capture: true });
	}, [change, may]);
}
