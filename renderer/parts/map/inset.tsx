import {
	type KeyboardEvent,
	memo,
	type PointerEvent,
	useEffect,
	useId,
	useMemo,
	useRef,
	useState,
} from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import { clock } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { useViewStore } from "../../state/view-state.ts";
import type { Boundaries } from "./boundaries.ts";
import { colourAt } from "./colour-at.ts";
import styles from "./inset.module.css";
import {
	type InsetShape,
	insetShapes,
	nearestTowards,
} from "./inset-shapes.ts";
import { cssColour, type Rgb } from "./palettes.ts";
import type { Colouring } from "./situation-map.ts";

/** Where in an inset the pointer or the keys are, in pixels of the window. */
export interface At {
	readonly x: number;
	readonly y: number;
}

/**
 * A part of the country drawn larger, where its areas are too small to be seen at the size of the whole: coloured by the same classes,
 * on the same day, and worked like the map. Its keys: arrows go from area to area, Enter enters.
 */
export const Inset = memo(function Inset({
	name,
	at,
	provinces,
	boundaries,
	areas,
	colouring,
	away,
	onHover,
	onSelect,
}: {
	name: string;
	/** Where it stands. */
	at: "java" | "jakarta";
	/** Codes of the provinces that it shows. */
	provinces: readonly string[];
	boundaries: Boundaries;
	areas: AreaIndex;
	colouring: Colouring;
	/** Unseen, since the camera is elsewhere; its place is kept. */
	away: boolean;
	onHover: (area: AreaRow | null, at: At) => void;
	onSelect: (area: AreaRow) => void;
}) {
	const { t } = useLanguage();
	const level =
		colouring.cube.header.level === "province" ? "province" : "regency";
	const { viewBox, shapes } = useMemo(
		() => insetShapes(boundaries, areas, provinces, level),
		[boundaries, areas, provinces, level],
	);
	const hatch = useId();
	const { noData } = colouring.ground;
	const paths = useRef(new Map<number, SVGPathElement>());
	const [current, setCurrent] = useState<number | null>(null);
	const entry = shapes.some(({ area }) => area.id === current)
		? current
		: (shapes[0]?.area.id ?? null);

	useEffect(() => {
		const colour = colourAt(colouring);
		// Most stay in their class from one day to the next.
		const painted = new Map<SVGPathElement, Rgb | null>();
		const paint = () => {
			const { day } = clock;
			for (const { area, row } of shapes) {
				const path = paths.current.get(area.id);
				const found = colour(row, day);
				if (!path || painted.get(path) === found) continue;
				painted.set(path, found);
				path.setAttribute("fill", found ? cssColour(found) : `url(#${hatch})`);
			}
		};
		paint();
		return clock.onDay(paint);
	}, [colouring, shapes, hatch]);

	const view = useViewStore();
	useEffect(() => {
		let before: SVGPathElement | undefined;
		const follow = ({ hovered }: { hovered: number | null }) => {
			const now = hovered === null ? undefined : paths.current.get(hovered);
			if (now === before) return;
			before?.removeAttribute("data-hovered");
			now?.setAttribute("data-hovered", "true");
			before = now;
		};
		return view.subscribe(follow);
	}, [view]);

	const move = (event: KeyboardEvent, shape: InsetShape) => {
		if (event.key === "Enter" || event.key === " ") {
			event.preventDefault();
			onSelect(shape.area);
			return;
		}
		const towards = TOWARDS[event.key];
		if (!towards) return;
		event.preventDefault();
		const next = nearestTowards(shapes, shape, towards);
		if (!next) return;
		setCurrent(next.area.id);
		paths.current.get(next.area.id)?.focus();
	};
	const pointed = (event: PointerEvent): AreaRow | null => {
		const id = (event.target as Element).getAttribute("data-area");
		return id === null ? null : (areas.byId(Number(id)) ?? null);
	};

	return (
		<section
			className={`${styles.inset} ${styles[at]}`}
			data-inset
			data-covers-map
			data-away={away || undefined}
			data-testid={`map-inset-${at}`}
			aria-label={t("map.inset", { name })}
		>
			<span className={styles.name}>{name}</span>
			{/* biome-ignore lint/a11y/useSemanticElements: a drawing is no fieldset */}
			{/* biome-ignore lint/a11y/useKeyWithClickEvents: its shapes hear the keys */}
			<svg
				viewBox={viewBox}
				role="group"
				aria-label={t("map.insetKeys", { name })}
				onPointerMove={(event) =>
					onHover(pointed(event), { x: event.clientX, y: event.clientY })
				}
				onPointerLeave={() => onHover(null, { x: 0, y: 0 })}
				onClick={(event) => {
					const area = pointed(event as unknown as PointerEvent);
					if (area) onSelect(area);
				}}
			>
				<defs>
					<pattern
						id={hatch}
						width="8"
						height="8"
						patternUnits="userSpaceOnUse"
						patternTransform="rotate(45) scale(2)"
					>
						<rect width="8" height="8" fill={cssColour(noData[0])} />
						<rect width="4" height="8" fill={cssColour(noData[1])} />
					</pattern>
				</defs>
				{shapes.map((shape) => (
					// biome-ignore lint/a11y/useSemanticElements: a button cannot have the shape of a land
					<path
						key={shape.area.id}
						ref={(path) => {
							if (path) paths.current.set(shape.area.id, path);
							else paths.current.delete(shape.area.id);
						}}
						d={shape.path}
						data-area={shape.area.id}
						role="button"
						tabIndex={shape.area.id === entry ? 0 : -1}
						aria-label={shape.area.name}
						onFocus={(event) => {
							setCurrent(shape.area.id);
							if (!event.currentTarget.matches(":focus-visible")) return;
							const box = event.currentTarget.getBoundingClientRect();
							onHover(shape.area, {
								x: (box.left + box.right) / 2,
								y: (box.top + box.bottom) / 2,
							});
						}}
						onBlur={() => onHover(null, { x: 0, y: 0 })}
						onKeyDown={(event) => move(event, shape)}
					/>
				))}
			</svg>
		</section>
	);
});

const TOWARDS: Readonly<Record<string, readonly [x: number, y: number]>> = {
	ArrowLeft: [-1, 0],
	ArrowRight: [1, 0],
	ArrowUp: [0, -1],
	ArrowDown: [0, 1],
};
