import { useQueryClient } from "@tanstack/react-query";
import { type RefObject, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { WAITS_FOR_LATE } from "../../../core/wall/together.ts";
import { atMoment, backendNow } from "../../state/backend-time.ts";
import { changeTogether, type OfWall } from "./change-together.ts";
import type { Wanted } from "./wall-run.ts";

/** A scene is made ready so long (ms) before its time. */
const AHEAD = 10_000;
/**
 * One whose answers do not come is shown all the same after so long (ms), which it may have been waited for at several of its turns, where entries are
 * shorter than their slowest panel needs: its panels say themselves what fails.
 */
const PATIENCE = 20_000;
/** How long a transition takes (ms); the style sheet has the same. */
export const TRANSITION = 900;
/** Where a display stands alone, a scene that was not ready at its time comes forward at the next of these moments (ms), by which others do too. */
const MOMENTS = 500;
const LOOK_EVERY = 100;

/** How long something has lasted (ms); null: it is not so. */
const lasted = (since: number | null) =>
	since === null ? 0 : performance.now() - since;

/** The scenes that are drawn, by their ids: the one that is seen, the one that is made ready behind it, the one that goes. */
export interface Layers {
	readonly shown: string | null;
	readonly coming: string | null;
	readonly leaving: string | null;
}

/** The same, and the scene that should have been seen for a while and is not ready here; null: this display is not late. */
export type LayersNow = Layers & { readonly late: string | null };

/**
 * Which scenes are drawn. The next one is drawn behind the one that is seen, and comes forward when all of it is there: nobody sees an empty panel.
 * One that is ready before its time comes forward at that moment of the backend's clock, on every display the same; at a place of a wall when all
 * displays of the wall have theirs ready, or the late ones were waited for. Two at most are drawn at a time.
 * @param of which display of which wall this is; null: it stands alone
 * @param box what the layers lie in, each with the id of its scene as `data-scene`
 * @param tell has the time told, with which the scene that comes forward is the one that is wanted
 */
export function useLayers(
	wanted: Wanted | null,
	now: number,
	of: OfWall | null,
	box: RefObject<HTMLElement | null>,
	tell: () => void,
): LayersNow {
	const queries = useQueryClient();
	const [layers, setLayers] = useState<Layers>({
		shown: null,
		coming: null,
		leaving: null,
	});
	const [ready, setReady] = useState<string | null>(null);
	/** When a scene comes forward, once that is known. */
	const planned = useRef<{ scene: string; at: number } | null>(null);
	const scene = wanted?.scene?.id ?? null;
	const until = wanted?.until ?? null;
	const next = wanted?.next?.id ?? null;
	// A presenter may go on at any moment.
	const isNear =
		wanted?.show.run != null || (until !== null && until - now < AHEAD);
	const soon = isNear ? next : null;
	// biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn decides what is to be drawn next
	useEffect(() => {
		setLayers((before) => {
			if (before.leaving !== null) return before;
			if (before.shown === null) return { ...before, shown: scene };
			// A scene that was removed gives its place up without one that follows.
			if (scene === null) return { shown: null, coming: null, leaving: null };
			const target = scene === before.shown ? soon : scene;
			const coming = target === before.shown ? null : target;
			return coming === before.coming ? before : { ...before, coming };
		});
	}, [scene, soon, layers]);
	const { coming, leaving, shown } = layers;
	const isBehind = shown !== null && scene !== null && shown !== scene;
	/** Since when another scene than this one should be seen (ms, of this page's own clock); null: what is seen is what is meant. */
	const behindSince = useRef<number | null>(null);
	useEffect(() => {
		behindSince.current = isBehind ? performance.now() : null;
	}, [isBehind]);
	/** For how long scenes were waited for that were not ready (ms), by their ids. */
	const waited = useRef(new Map<string, number>());
	useEffect(() => {
		setReady(null);
		if (coming === null) return;
		const since = performance.now();
		const before = waited.current.get(coming) ?? 0;
		waited.current.set(coming, before);
		const looking = setInterval(() => {
			const layer = box.current?.querySelector(`[data-scene="${coming}"]`);
			const isWhole =
				layer &&
				!layer.querySelector("[data-coming]") &&
				queries.isFetching() === 0;
			if (!isWhole && before + lasted(since) < PATIENCE) return;
			clearInterval(looking);
			waited.current.delete(coming);
			setReady(coming);
		}, LOOK_EVERY);
		return () => {
			clearInterval(looking);
			if (waited.current.has(coming))
				waited.current.set(coming, before + lasted(since));
		};
	}, [coming, box, queries]);
	const isDue = coming !== null && coming === scene;
	const comesAt = !isDue && coming !== null && coming === next ? until : null;
	const due = isDue ? (wanted?.since ?? 0) : comesAt;
	const [wall, window] = [of?.wall, of?.window];
	useEffect(() => {
		if (coming === null || ready !== coming || due === null) return;
		const comeForward = () =>
			flushSync(() => {
				planned.current = null;
				tell();
				setLayers((before) =>
					before.coming === coming
						? { shown: coming, coming: null, leaving: before.shown }
						: before,
				);
			});
		if (wall !== undefined && window !== undefined)
			return changeTogether(
				{ wall, window },
				{ scene: coming, due },
				comeForward,
			);
		if (!isDue) planned.current = { scene: coming, at: due };
		else if (planned.current?.scene !== coming)
			planned.current = {
				scene: coming,
				at: Math.ceil(backendNow() / MOMENTS) * MOMENTS,
			};
		return atMoment(planned.current.at, comeForward);
	}, [coming, ready, due, isDue, wall, window, tell]);
	useEffect(() => {
		if (leaving === null) return;
		const gone = setTimeout(
			() => setLayers((before) => ({ ...before, leaving: null })),
			TRANSITION,
		);
		return () => clearTimeout(gone);
	}, [leaving]);
	useEffect(() => {
		if (shown === null) return;
		// What a measurement of the displays hears of (tests/bench): the first frame with another scene.
		const frame = requestAnimationFrame(() => {
			performance.clearMarks("wall-scene");
			performance.mark("wall-scene", { detail: shown });
		});
		return () => cancelAnimationFrame(frame);
	}, [shown]);
	const isLate =
		isDue && ready !== coming && lasted(behindSince.current) >= WAITS_FOR_LATE;
	return { ...layers, late: isLate ? coming : null };
}
