import {
	type KeyboardEvent,
	type ReactNode,
	useEffect,
	useLayoutEffect,
	useMemo,
	useRef,
	useState,
} from "react";
import { createStore, type StoreApi } from "zustand";
import type { AreaRow } from "../../../core/api/areas.ts";
import { exposeFrameMeter } from "../../clock/frame-meter.ts";
import { clock } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { type MapLevel, useView } from "../../state/view-state.ts";
import { PanelNotice } from "../ui/panel.tsx";
import { useRootSize } from "../ui/root-size.ts";
import type { Boundaries } from "./boundaries.ts";
import { useCutLands } from "./drawn-land.ts";
import { cellByKey, type GridOfMaps, gridOfMaps } from "./grid-of-maps.ts";
import { NOWHERE, type Pointer } from "./hover-card.tsx";
import { useLostContexts } from "./lost-contexts.ts";
import styles from "./many-maps.module.css";
import { ManyMaps, type SmallMap } from "./many-maps.ts";
import frameStyles from "./map-panel.module.css";
import { cssColour } from "./palettes.ts";
import { useGround } from "./use-ground.ts";
import { shownArea } from "./use-situation-map.ts";

/** Heights of a title and between maps, in rem. */
const TITLE = 1.35;
const GAP = 0.3;

/** Frames that a picture waits for the canvas to have taken its size. */
const PATIENCE = 120;

/** Many small maps as they stand in their panel, for a picture of them. */
export interface ManyMapsInView {
	readonly frame: HTMLElement;
	readonly canvas: HTMLCanvasElement | null;
	drawNow(): void;
	/** Lays them out and draws them at a size of their own. @returns goes back to the window @throws when it is cancelled, and is the window's again */
	takeSize(
		width: number,
		height: number,
		ratio: number,
		signal: AbortSignal,
	): Promise<() => void>;
}

/** Many small maps of one kind, each with a title and each a button: one stop of the Tab key, arrows go from one to the next, Enter opens. */
export function ManyMapsView({
	maps,
	areas,
	boundaries,
	level,
	label,
	title,
	current,
	setCurrent,
	open,
	onView,
	card,
	children,
}: {
	maps: readonly SmallMap[];
	areas: AreaIndex;
	boundaries: Boundaries;
	level: MapLevel;
	/** What all of them are, for who hears. */
	label: string;
	/** What is written above each. */
	title: (map: SmallMap) => ReactNode;
	/** Key of the one that is pointed at or focused. */
	current: string;
	setCurrent: (key: string) => void;
	open: (map: SmallMap) => void;
	/** Is told of them once they are there, and when they go. */
	onView: (view: ManyMapsInView | null) => void;
	card: (pointer: StoreApi<Pointer>, map: SmallMap) => ReactNode;
	/** What stands beside them. */
	children: ReactNode;
}) {
	const { t } = useLanguage();
	const { ground } = useGround();
	const hover = useView((view) => view.hover);
	const frame = useRef<HTMLDivElement>(null);
	const box = useRef<HTMLDivElement>(null);
	const list = useRef<HTMLUListElement>(null);
	const [size, setSize] = useState({ width: 0, height: 0 });
	const [drawn, setDrawn] = useState<ManyMaps | null>(null);
	const [failed, setFailed] = useState(false);
	const [pointer] = useState(() => createStore<Pointer>(() => NOWHERE));

	const noContext = useLostContexts(box);
	useEffect(() => {
		const container = box.current;
		if (!container) return;
		let made: ManyMaps;
		try {
			made = new ManyMaps(container, saysDrawn(container));
			setFailed(false);
		} catch {
			setFailed(true);
			noContext();
			return;
		}
		const stop = clock.onDay(() => made.drawNow());
		const hide = exposeFrameMeter(clock, made);
		const measure = () =>
			setSize({ width: container.clientWidth, height: container.clientHeight });
		const resize = new ResizeObserver(measure);
		resize.observe(container);
		measure();
		setDrawn(made);
		return () => {
			stop();
			hide();
			resize.disconnect();
			made.remove();
			setDrawn(null);
		};
	}, [noContext]);

	useEffect(() => {
		const outer = frame.current;
		const inner = box.current;
		if (!drawn || !outer || !inner) return;
		onView({
			frame: outer,
			get canvas() {
				return drawn.canvas;
			},
			drawNow: () => drawn.drawNow(),
			async takeSize(width, height, ratio, signal) {
				const before = outer.style.cssText;
				const back = () => {
					outer.style.cssText = before;
					drawn.setRatio(null);
				};
				outer.style.cssText = `${before}; flex: none; width: ${width}px; height: ${height}px`;
				drawn.setRatio(ratio);
				// Who lays it out hears of the size by observers, which run before a frame is painted.
				const isTaken = () =>
					Math.abs(
						(drawn.canvas?.width ?? 0) - Math.floor(inner.clientWidth * ratio),
					) < 2;
				for (let at = 0; at < 3 || (at < PATIENCE && !isTaken()); at++) {
					await new Promise(requestAnimationFrame);
					if (!signal.aborted) continue;
					back();
					throw signal.reason;
				}
				return back;
			},
		});
		return () => onView(null);
	}, [drawn, onView]);

	const rem = useRootSize();
	const shape = useMemo(() => shapeOf(maps), [maps]);
	const grid = useMemo(
		(): GridOfMaps =>
			gridOfMaps(maps.length, size.width, size.height, {
				shape,
				title: TITLE * rem,
				gap: GAP * rem,
			}),
		[maps.length, size, shape, rem],
	);
	const lands = useMemo(
		() => [...new Set(maps.map(({ ground }) => ground.parts))],
		[maps],
	);
	const isCut = useCutLands(lands);
	useLayoutEffect(() => {
		if (size.width > 0 && isCut)
			drawn?.set(
				maps,
				grid.cells.map(({ map }) => map),
			);
	}, [drawn, maps, grid, size, isCut]);
	// A map whose day is none of those that there are says so: the nearest would be taken for it.
	useEffect(() => {
		const look = () => {
			const cells = list.current?.children ?? [];
			maps.forEach(({ colouring, dayOf }, at) => {
				const { firstDay, days } = colouring.cube.header;
				const day = dayOf(clock.day);
				const cell = cells[at] as HTMLElement | undefined;
				cell?.toggleAttribute(
					"data-outside",
					day < firstDay || day >= firstDay + days,
				);
			});
		};
		look();
		return clock.onDay(look);
	}, [maps]);

	const entry = Math.max(
		0,
		maps.findIndex(({ key }) => key === current),
	);
	const onKey = (event: KeyboardEvent, at: number) => {
		const to = cellByKey(event.key, at, grid);
		if (to === null) return;
		event.preventDefault();
		event.stopPropagation();
		list.current?.querySelectorAll("button")[to]?.focus();
	};
	const pointed = (clientX: number, clientY: number) => {
		const frame = box.current?.getBoundingClientRect();
		if (!frame || !drawn) return;
		const x = clientX - frame.left;
		const y = clientY - frame.top;
		const found = drawn.at(x, y);
		const area: AreaRow | null =
			found && boundaries.areaAt(found.lng, found.lat);
		hover(shownArea(area, { mapLevel: level, areas })?.id ?? null);
		pointer.setState({
			x,
			y,
			onMap: area !== null,
			flipX: x > frame.width * 0.6,
			flipY: y > frame.height * 0.5,
		});
	};
	const map = maps[entry];
	return (
		<div
			ref={frame}
			className={`${frameStyles.frame} ${styles.frame}`}
			data-map-frame
		>
			<div className={styles.maps}>
				<div
					ref={box}
					className={styles.canvas}
					style={{ background: cssColour(ground.sea) }}
					data-testid="many-maps"
				/>
				{failed && (
					<div className={frameStyles.notice}>
						<PanelNotice role="alert">{t("map.noWebgl")}</PanelNotice>
					</div>
				)}
				<ul
					ref={list}
					className={styles.cells}
					aria-label={label}
					onPointerLeave={() => {
						hover(null);
						pointer.setState(NOWHERE);
					}}
				>
					{maps.map((one, at) => {
						const { left, top, right, bottom } = grid.cells[at]?.whole ?? {
							left: 0,
							top: 0,
							right: 0,
							bottom: 0,
						};
						return (
							<li
								key={one.key}
								data-map={one.key}
								style={{ left, top, width: right - left, height: bottom - top }}
							>
								<button
									type="button"
									className={styles.cell}
									tabIndex={at === entry ? 0 : -1}
									onFocus={() => setCurrent(one.key)}
									onPointerEnter={() => setCurrent(one.key)}
									onPointerMove={(event) =>
										pointed(event.clientX, event.clientY)
									}
									onKeyDown={(event) => onKey(event, at)}
									onClick={() => open(one)}
								>
									<span className={styles.title}>{title(one)}</span>
									<span className={styles.outside}>{t("compare.outside")}</span>
								</button>
							</li>
						);
					})}
				</ul>
				{map && card(pointer, map)}
			</div>
			{children}
		</div>
	);
}

/** Made apart from the panel: made in it, it would hold the maps that were there before, and those the ones before them. */
function saysDrawn(container: HTMLElement): () => void {
	return () => {
		container.dataset.day = String(clock.day);
		container.dataset.ready = "true";
	};
}

/** Width by height of what most of the maps hold. */
function shapeOf(maps: readonly SmallMap[]): number {
	const shapes = maps
		.map(
			({ ground: { box } }) => (box.right - box.left) / (box.bottom - box.top),
		)
		.sort((a, b) => a - b);
	return shapes[Math.floor(shapes.length / 2)] ?? 1;
}
