import { type PointerEvent, useEffect, useRef, useState } from "react";
import { LARGEST_SET } from "../../../core/api/parameter.ts";
import { areasInShape, rectangle } from "../../../core/areas/areas-in-shape.ts";
import { type Level, levelOf } from "../../../core/areas/codes.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useDrawnMap } from "../../parts/map/drawn-map.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import styles from "./area-set.module.css";
import type { AreaSet } from "./use-area-set.ts";

type At = readonly [x: number, y: number];

/** Nearer to the last corner than this many pixels there is no other. */
const CLOSE = 3;
/** A shape smaller than this was not meant as one. */
const SMALLEST = 8;

/** What says whether an area lies in a shape. */
export function ruleOf(level: Level) {
	return level === "district" ? "areaSet.ruleDistricts" : "areaSet.rule";
}

/** Draws a shape over the map while one is wanted, and takes the areas in it; outlines on the map those that are taken together. */
export function Sketch({
	set,
	areas,
	level,
}: {
	set: AreaSet;
	areas: AreaIndex;
	level: Level;
}) {
	const { t, format } = useLanguage();
	const { map, boundaries } = useDrawnMap();
	const { drawing, draw } = set;
	const [corners, showCorners] = useState<readonly At[]>([]);
	/** All of them: where a window is slow, the last are not drawn yet when the pointer is lifted. */
	const drawn = useRef<readonly At[]>([]);
	const setCorners = (next: readonly At[]) => {
		drawn.current = next;
		showCorners(next);
	};
	/** How many areas the last shape held, where they were not taken: none, or more than are added up. */
	const [refused, setRefused] = useState<number | null>(null);
	const pointer = useRef<number | null>(null);

	useEffect(() => {
		if (map && boundaries) map.setSummed(set.areas);
	}, [map, boundaries, set.areas]);
	useEffect(() => {
		if (drawing === null) return;
		setRefused(null);
		const leave = (event: KeyboardEvent) => {
			if (event.key !== "Escape") return;
			event.stopPropagation();
			draw(null);
			drawn.current = [];
			showCorners([]);
		};
		window.addEventListener("keydown", leave, { capture: true });
		return () =>
			window.removeEventListener("keydown", leave, { capture: true });
	}, [drawing, draw]);

	if (drawing === null || !map || !boundaries)
		return refused !== null ? (
			<p className={styles.notice} role="status" data-covers-map>
				{refused === 0
					? t("areaSet.nothing")
					: t("areaSet.tooMany", {
							count: format.number(refused),
							most: format.number(LARGEST_SET),
						})}
			</p>
		) : null;

	const shapeOf = (corners: readonly At[]) =>
		drawing === "lasso" || corners.length < 2
			? corners
			: rectangle([...(corners[0] as At)], [...(corners.at(-1) as At)]);
	const at = (event: PointerEvent<Element>): At => {
		const box = event.currentTarget.getBoundingClientRect();
		return [event.clientX - box.left, event.clientY - box.top];
	};
	const finish = (add: boolean) => {
		const shape = shapeOf(drawn.current);
		pointer.current = null;
		setCorners([]);
		const across = Math.max(
			...[0, 1].map((axis) => {
				const along = shape.map((corner) => corner[axis] ?? 0);
				return Math.max(...along) - Math.min(...along);
			}),
		);
		if (across < SMALLEST) return;
		const found = areasInShape(
			shape.map((corner) => [...corner]),
			areas.at(level).map((area) => ({
				area,
				unknownPlace: area.unknownPlace,
				...(boundaries.placeOf(area) ?? { lng: null, lat: null }),
			})),
			(lng, lat) => {
				const { x, y } = map.map.project([lng, lat]);
				return [x, y];
			},
		);
		draw(null);
		const kept = add ? set.codes.filter((code) => levelOf(code) === level) : [];
		const codes = new Set<string>([
			...kept,
			...found.map(({ area }) => area.code),
		]);
		const isTaken = found.length > 0 && codes.size <= LARGEST_SET;
		setRefused(isTaken ? null : found.length === 0 ? 0 : codes.size);
		if (isTaken) set.choose([...codes]);
	};
	return (
		<>
			<p className={styles.notice} role="status">
				{t("areaSet.drawing")} {t(ruleOf(level))}
			</p>
			<svg
				className={styles.sketch}
				aria-hidden
				data-testid="sketch"
				onPointerDown={(event) => {
					if (event.button !== 0) return;
					pointer.current = event.pointerId;
					event.currentTarget.setPointerCapture(event.pointerId);
					setCorners([at(event)]);
				}}
				onPointerMove={(event) => {
					if (pointer.current !== event.pointerId) return;
					const next = at(event);
					const [x, y] = drawn.current.at(-1) ?? next;
					if (Math.hypot(next[0] - x, next[1] - y) >= CLOSE)
						setCorners([...drawn.current, next]);
				}}
				onPointerUp={(event) => {
					if (pointer.current === event.pointerId) finish(event.shiftKey);
				}}
				onPointerCancel={() => {
					pointer.current = null;
					setCorners([]);
				}}
			>
				<polygon
					points={shapeOf(corners)
						.map((corner) => corner.join(","))
						.join(" ")}
				/>
			</svg>
		</>
	);
}
