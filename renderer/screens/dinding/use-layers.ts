import { useQueryClient } from "@tanstack/react-query";
import { type RefObject, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { atMoment, backendNow } from "../../state/backend-time.ts";
import type { Wanted } from "./wall-run.ts";

/** A scene is made ready so long (ms) before its time. */
const AHEAD = 10_000;
/** One whose answers do not come is shown all the same after so long (ms): its panels say themselves what fails. */
const PATIENCE = 20_000;
/** How long a transition takes (ms); the style sheet has the same. */
export const TRANSITION = 900;
/** Scenes that were not ready at their time come forward at the next of these moments (ms): displays that come to be ready one after the other change together. */
const MOMENTS = 500;
const LOOK_EVERY = 100;

/** The scenes that are drawn, by their ids: the one that is seen, the one that is made ready behind it, the one that goes. */
export interface Layers {
	readonly shown: string | null;
	readonly coming: string | null;
	readonly leaving: string | null;
}

/**
 * Which scenes are drawn. The next one is drawn behind the one that is seen, and comes forward when all of it is there: nobody sees an empty panel.
 * One that is ready before its time comes forward at that moment of the backend's clock, on every display the same. Two at most hold a map at a time.
 * @param box what the layers lie in, each with the id of its scene as `data-scene`
 * @param tell has the time told, with which the scene that comes forward is the one that is wanted
 */
export function useLayers(
	wanted: Wanted | null,
	now: number,
	box: RefObject<HTMLElement | null>,
	tell: () => void,
): Layers {
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
	useEffect(() => {
		setReady(null);
		if (coming === null) return;
		const since = performance.now();
		const looking = setInterval(() => {
			const layer = box.current?.querySelector(`[data-scene="${coming}"]`);
			const isWhole =
				layer &&
				!layer.querySelector("[data-coming]") &&
				queries.isFetching() === 0;
			if (!isWhole && performance.now() - since < PATIENCE) return;
			clearInterval(looking);
			setReady(coming);
		}, LOOK_EVERY);
		return () => clearInterval(looking);
	}, [coming, box, queries]);
	const isDue = coming !== null && coming === scene;
	const comesAt = !isDue && coming !== null && coming === next ? until : null;
	useEffect(() => {
		if (coming === null || ready !== coming) return;
		if (comesAt !== null) planned.current = { scene: coming, at: comesAt };
		else if (!isDue) return;
		else if (planned.current?.scene !== coming)
			planned.current = {
				scene: coming,
				at: Math.ceil(backendNow() / MOMENTS) * MOMENTS,
			};
		return atMoment(planned.current.at, () =>
			flushSync(() => {
				planned.current = null;
				tell();
				setLayers((before) =>
					before.coming === coming
						? { shown: coming, coming: null, leaving: before.shown }
						: before,
				);
			}),
		);
	}, [coming, ready, comesAt, isDue, tell]);
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
	return layers;
}
