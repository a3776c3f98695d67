import { useQueryClient } from "@tanstack/react-query";
import { type RefObject, useEffect, useRef, useState } from "react";
import type { Wanted } from "./wall-run.ts";

/** A scene is made ready so long (ms) before its time. */
const AHEAD = 10_000;
/** One whose answers do not come is shown all the same after so long (ms): its panels say themselves what fails. */
const PATIENCE = 20_000;
/** How long a transition takes (ms); the style sheet has the same. */
export const TRANSITION = 900;

/** The scenes that are drawn, by their ids: the one that is seen, the one that is made ready behind it, the one that goes. */
export interface Layers {
	readonly shown: string | null;
	readonly coming: string | null;
	readonly leaving: string | null;
}

/**
 * Which scenes are drawn. The next one is drawn behind the one that is seen, and comes forward when all of it is there: nobody sees an empty panel.
 * Two at most hold a map at a time.
 * @param box what the layers lie in, each with the id of its scene as `data-scene`
 */
export function useLayers(
	wanted: Wanted | null,
	now: number,
	box: RefObject<HTMLElement | null>,
): Layers {
	const queries = useQueryClient();
	const [layers, setLayers] = useState<Layers>({
		shown: null,
		coming: null,
		leaving: null,
	});
	const comingSince = useRef(0);
	const scene = wanted?.scene?.id ?? null;
	const soon =
		wanted?.until != null && wanted.until - now < AHEAD
			? (wanted.next?.id ?? null)
			: null;
	// biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn decides what is to be drawn next
	useEffect(() => {
		setLayers((before) => {
			if (before.leaving !== null) return before;
			if (before.shown === null) return { ...before, shown: scene };
			// A scene that was removed gives its place up without one that follows.
			if (scene === null) return { shown: null, coming: null, leaving: null };
			const target = scene === before.shown ? soon : scene;
			const coming = target === before.shown ? null : target;
			if (coming === before.coming) return before;
			comingSince.current = Date.now();
			return { ...before, coming };
		});
	}, [scene, soon, layers]);
	const due = layers.coming !== null && layers.coming === scene;
	useEffect(() => {
		if (!due) return;
		const look = () => {
			const layer = box.current?.querySelector(
				`[data-scene="${layers.coming}"]`,
			);
			const ready =
				layer &&
				!layer.querySelector("[data-coming]") &&
				queries.isFetching() === 0;
			if (!ready && Date.now() - comingSince.current < PATIENCE) return;
			setLayers(({ shown, coming }) => ({
				shown: coming,
				coming: null,
				leaving: shown,
			}));
		};
		const looking = setInterval(look, 200);
		return () => clearInterval(looking);
	}, [due, layers.coming, box, queries]);
	const { leaving } = layers;
	useEffect(() => {
		if (leaving === null) return;
		const gone = setTimeout(
			() => setLayers((before) => ({ ...before, leaving: null })),
			TRANSITION,
		);
		return () => clearTimeout(gone);
	}, [leaving]);
	return layers;
}
