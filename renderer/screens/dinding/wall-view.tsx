import { useEffect, useMemo, useRef, useState } from "react";
import type { Day } from "../../../core/series/day.ts";
import { resolved } from "../../../core/wall/grid.ts";
import type { Scene } from "../../../core/wall/scene.ts";
import { AT_REST, type Show } from "../../../core/wall/show.ts";
import { wallOf } from "../../../core/wall/together.ts";
import { SPEEDS } from "../../clock/clock.ts";
import { clock, useClock } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import type { ScreenProps } from "../../navigation/screen-props.ts";
import { PanelNotice } from "../../parts/ui/panel.tsx";
import { ownTime } from "../../state/backend-time.ts";
import { useSearch } from "../../state/search.ts";
import { useView } from "../../state/view-state.ts";
import { DisplaySign } from "./display-sign.tsx";
import { newId } from "./new-id.ts";
import { OwnPicture, SpannedPicture } from "./picture.tsx";
import { Pulse } from "./pulse.tsx";
import { RaisedNotice } from "./raised-notice.tsx";
import { SceneGrid } from "./scene-grid.tsx";
import { wallSearch } from "./search.ts";
import { Strip, TroubleNotice, useTrouble } from "./strip.tsx";
import { useSilentSince } from "./use-heard.ts";
import { type Layers, useLayers } from "./use-layers.ts";
import { useThisDevice } from "./use-this-device.ts";
import { type ShownWalls, useWalls } from "./use-walls.ts";
import styles from "./wall.module.css";
import { isDim, shiftAt, useTypeForRoom } from "./wall-room.ts";
import { useWanted, type Wanted } from "./wall-run.ts";

/** Asked for where the place of a grid is not there: no scene has this name. */
const NOTHING = "scene.";

/** A wall: one scene after the other, nothing to press, and how old and how sure it all is. */
export default function WallView({ dataset }: ScreenProps) {
	const { clock: zone } = useLanguage();
	const [search] = useSearch(wallSearch);
	const walls = useWalls();
	const device = useThisDevice();
	const asked = device ? device.show : search.show;
	const place = resolved(walls?.grids ?? [], asked);
	const { wanted, now, tell } = useWanted(walls, place.show ?? NOTHING);
	const show = wanted?.show ?? AT_REST;
	const box = useRef<HTMLDivElement>(null);
	const [window] = useState(newId);
	const wall = wallOf(walls?.grids ?? [], asked);
	const of = useMemo(
		() => (wall === null ? null : { wall, window }),
		[wall, window],
	);
	const layers = useLayers(wanted, now, of, box, tell);
	const silentSince = useSilentSince();
	const late = walls?.scenes.find(({ id }) => id === layers.late) ?? null;
	const trouble = useTrouble(silentSince, late?.name ?? null);
	const { exercise } = dataset;
	const drawn = useDrawn(walls, layers);
	const shown = drawn.find(({ id }) => id === layers.shown) ?? null;
	useTypeForRoom(search);
	usePlaying(shown, show.time, wanted?.showing?.since ?? 0);
	useShowMark(show.turn);
	useLeaving(device === null);
	const phaseOf = ({ id }: Scene) =>
		id === layers.shown ? "shown" : id === layers.coming ? "coming" : "leaving";
	const spans = place.standing?.grid.spans ? place.standing : null;
	const pulse = (
		<Pulse
			hangs={{
				...{ window, name: search.name, show: asked, scene: layers.shown },
				trouble: trouble?.kind ?? null,
			}}
		/>
	);
	const parts = {
		shift: shiftAt(now),
		exercise: exercise ? dataset.label : null,
		layers: (
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
							over={spans?.grid ?? null}
						/>
					</section>
				))}
				{wanted && !shown && (
					<NothingToShow wanted={wanted} gone={place.show === null} />
				)}
			</div>
		),
		raised: wanted?.raised && wanted.raised.scene === layers.shown && (
			<RaisedNotice raised={wanted.raised} />
		),
		strip: (
			<Strip
				name={shown?.name ?? ""}
				next={wanted?.next?.name ?? null}
				show={show}
				pulse={spans ? null : pulse}
				now={now}
				trouble={spans ? null : trouble}
				dataset={dataset}
			/>
		),
	};
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
			{spans ? (
				<SpannedPicture standing={spans} {...parts}>
					{pulse}
					{trouble && <TroubleNotice {...trouble} />}
				</SpannedPicture>
			) : (
				<OwnPicture {...parts} />
			)}
			{show.signUntil !== null && now < show.signUntil && (
				<DisplaySign
					standing={place.standing}
					name={device?.name ?? search.name}
				/>
			)}
		</main>
	);
}

/**
 * The scenes that are drawn. A device is told of nothing but what it may come to show: what it shows until that is ready stays as it was known.
 */
function useDrawn(
	walls: ShownWalls | undefined,
	{ leaving, shown, coming }: Layers,
): Scene[] {
	const known = useRef<readonly Scene[]>([]);
	const drawn = [leaving, shown, coming].flatMap(
		(id) =>
			walls?.scenes.find((scene) => scene.id === id) ??
			known.current.find((scene) => scene.id === id) ??
			[],
	);
	known.current = drawn;
	return drawn;
}

function NothingToShow({ wanted, gone }: { wanted: Wanted; gone: boolean }) {
	const { t } = useLanguage();
	if (gone) return <PanelNotice>{t("grids.gonePlace")}</PanelNotice>;
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
