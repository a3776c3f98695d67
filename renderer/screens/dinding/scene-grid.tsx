import { type CSSProperties, type ReactNode, useMemo } from "react";
import {
	type DisplayGrid,
	type Edge,
	litParts,
	type Span,
	spannedPlace,
} from "../../../core/wall/grid.ts";
import type { Scene, ScenePanel } from "../../../core/wall/scene.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { LitPartsProvider } from "../../parts/ui/lit-parts.ts";
import { PanelNotice } from "../../parts/ui/panel.tsx";
import { GRID_STYLE, gridPlace, ScenePanelView } from "./scene-panel.tsx";
import styles from "./wall.module.css";

/** A scene as a wall shows it: it fills its box, or all the displays of a grid. */
export function SceneGrid({
	scene,
	now,
	area = null,
	point = null,
	over = null,
}: {
	scene: Scene;
	now: number;
	area?: string | null;
	point?: string | null;
	/** The grid that it spans; null: one display, or a picture of one. */
	over?: DisplayGrid | null;
}) {
	const { t } = useLanguage();
	if (scene.panels.length === 0)
		return <PanelNotice>{t("walls.emptyScene")}</PanelNotice>;
	if (over)
		return (
			<div className={styles.over}>
				{scene.panels.map((panel) => (
					<PanelOver key={panel.id} panel={panel} grid={over}>
						<ScenePanelView panel={panel} now={now} area={area} point={point} />
					</PanelOver>
				))}
			</div>
		);
	return (
		<div className={styles.grid} style={GRID_STYLE}>
			{scene.panels.map((panel) => (
				<div
					key={panel.id}
					className={styles.place}
					style={gridPlace(panel)}
					data-testid="scene-panel"
				>
					<ScenePanelView panel={panel} now={now} area={area} point={point} />
				</div>
			))}
		</div>
	);
}

/** A panel of a scene that spans several displays; what of it lies behind their frames is marked for what writes something there. */
function PanelOver({
	panel: { place, kind },
	grid,
	children,
}: {
	panel: ScenePanel;
	grid: DisplayGrid;
	children: ReactNode;
}) {
	const at = useMemo(
		() => spannedPlace(place, kind, grid),
		[place, kind, grid],
	);
	const lit = useMemo(() => litParts(at, grid), [at, grid]);
	// Headings stand on the display that has most of the panel.
	const [from, to] = widest(lit?.across ?? [[0, 1]]);
	const [above, below] = widest(lit?.down ?? [[0, 1]]);
	const across = (edge: Edge) => along(edge, "edge", "edge");
	const down = (edge: Edge) => along(edge, "head", "foot");
	return (
		<div
			className={styles.place}
			style={
				{
					left: `calc(${across(at.left)})`,
					right: `calc(100% - (${across(at.right)}))`,
					top: `calc(${down(at.top)})`,
					bottom: `calc(100% - (${down(at.bottom)}))`,
					"--lit-before": `${100 * from}%`,
					"--lit-after": `${100 * (1 - to)}%`,
					"--dark-left": from,
					"--dark-right": 1 - to,
					"--dark-above": above,
					"--dark-below": 1 - below,
				} as CSSProperties
			}
			data-testid="scene-panel"
			data-over={lit ? "frames" : undefined}
		>
			<LitPartsProvider value={lit}>{children}</LitPartsProvider>
			{lit &&
				(["across", "down"] as const).flatMap((way) =>
					between(lit[way]).map(([begin, end]) => (
						<div
							key={`${way}${begin}`}
							className={styles.behind}
							data-behind-frame
							style={
								way === "across"
									? {
											left: `${100 * begin}%`,
											width: `${100 * (end - begin)}%`,
										}
									: {
											top: `${100 * begin}%`,
											height: `${100 * (end - begin)}%`,
										}
							}
						/>
					)),
				)}
		</div>
	);
}

function widest(parts: readonly Span[]): Span {
	return parts.reduce((most, part) =>
		part[1] - part[0] > most[1] - most[0] ? part : most,
	);
}

/** What lies between parts. */
function between(parts: readonly Span[]): Span[] {
	return parts.slice(1).map(([next], at) => [parts[at]?.[1] ?? next, next]);
}

function along(
	{ share, head, foot }: Edge,
	before: "edge" | "head",
	after: "edge" | "foot",
): string {
	return `${share * 100}% + ${head} * var(--${before}) - ${foot} * var(--${after})`;
}
