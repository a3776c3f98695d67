import { useEffect, useMemo, useReducer, useRef } from "react";
import type { Part } from "./area-at.ts";
import type { Boundaries } from "./boundaries.ts";
import {
	cornerKeys,
	flatten,
	type TriangulatedLand,
	triangulate,
} from "./triangulation.ts";

/** Land as deck.gl's SolidPolygonLayer takes it without work of its own. */
export interface DrawnLand {
	readonly length: number;
	readonly startIndices: Uint32Array;
	readonly attributes: {
		readonly getPolygon: { value: Float64Array; size: 3 };
		readonly indices: { value: Uint32Array; size: 1 };
		readonly areaKeys: { value: Float32Array; size: 2 };
	};
}

const known = new WeakMap<readonly Part[], DrawnLand>();
const underway = new WeakMap<readonly Part[], Promise<void>>();

/**
 * The land of some pieces, the same object for as long as they are the same: every map of the window draws it. What was not prepared in time is
 * cut here and now.
 */
export function drawnLand(parts: readonly Part[]): DrawnLand {
	return known.get(parts) ?? asDrawn(parts, triangulate(flatten(parts)));
}

function asDrawn(parts: readonly Part[], land: TriangulatedLand): DrawnLand {
	const { corners, ringStarts, partStarts, triangles } = land;
	const drawn: DrawnLand = {
		length: parts.length,
		startIndices: partStarts.map((ring) => ringStarts[ring] as number),
		attributes: {
			getPolygon: { value: corners, size: 3 },
			indices: { value: triangles, size: 1 },
			areaKeys: { value: cornerKeys(parts, land), size: 2 },
		},
	};
	known.set(parts, drawn);
	return drawn;
}

/**
 * Boundaries whose land has been cut into triangles, in a thread of its own; null until then. What a map shows already is replaced at once
 * where it must go together with its colours: only kecamatan wait for theirs.
 */
export function useDrawnLand(boundaries: Boundaries | null): Boundaries | null {
	const shown = useRef<Boundaries | null>(null);
	const lands = useMemo(
		() => (boundaries ? [boundaries.parts] : []),
		[boundaries],
	);
	const isCut = useCutLands(lands);
	if (boundaries && isCut) shown.current = boundaries;
	if (!boundaries || shown.current === boundaries) return boundaries;
	return shown.current && !boundaries.districts ? boundaries : null;
}

/** Whether lands have been cut into triangles, which begins in a thread of its own with the first time they are asked for. */
export function useCutLands(lands: readonly (readonly Part[])[]): boolean {
	const [, drawAgain] = useReducer((times: number) => times + 1, 0);
	// While this is drawn, and what draws the map is made: the other thread is done before that.
	const cut = useMemo(() => Promise.all(lands.map(cutLand)), [lands]);
	const isCut = lands.every((parts) => known.has(parts));
	useEffect(() => {
		if (isCut) return;
		let isWanted = true;
		void cut.then(() => {
			if (isWanted) drawAgain();
		});
		return () => {
			isWanted = false;
		};
	}, [cut, isCut]);
	return isCut;
}

/** Cuts the land of some pieces in a thread of its own; `drawnLand` then has it. */
export function cutLand(parts: readonly Part[]): Promise<void> {
	if (known.has(parts)) return Promise.resolve();
	const before = underway.get(parts);
	if (before) return before;
	const made = inThread(parts).then((land) => {
		underway.delete(parts);
		if (!known.has(parts)) asDrawn(parts, land);
	});
	underway.set(parts, made);
	return made;
}

let thread: Worker | null = null;
let asked = 0;
const waiting = new Map<number, (land: TriangulatedLand | null) => void>();

/** A window whose thread does not start, or falls, cuts its land itself. */
async function inThread(parts: readonly Part[]): Promise<TriangulatedLand> {
	const made = await new Promise<TriangulatedLand | null>((resolve) => {
		thread ??= startThread();
		const id = asked++;
		waiting.set(id, resolve);
		const land = flatten(parts);
		thread.postMessage({ id, land }, [land.corners.buffer]);
	});
	return made ?? triangulate(flatten(parts));
}

function startThread(): Worker {
	const started = new Worker(
		new URL("./triangulation-worker.ts", import.meta.url),
		{ type: "module" },
	);
	started.onmessage = ({
		data: { id, land },
	}: MessageEvent<{ id: number; land: TriangulatedLand }>) => {
		waiting.get(id)?.(land);
		waiting.delete(id);
	};
	started.onerror = () => {
		started.terminate();
		thread = null;
		for (const resolve of waiting.values()) resolve(null);
		waiting.clear();
	};
	return started;
}
