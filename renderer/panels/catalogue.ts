import type { ReactNode } from "react";
import type { PanelKind } from "../../core/wall/scene.ts";
import type { Load } from "../parts/ui/fetched.tsx";
import type { PanelProps } from "./panel-props.ts";

/** Everything that can be pinned to a scene: the parts of the screens as they stand there, and a few of its own. Each comes when it is shown. */
export const CATALOGUE: Readonly<
	Record<PanelKind, Load<(props: PanelProps) => ReactNode>>
> = {
	kpi: () => import("./kpi-panel.tsx"),
	map: () => import("./map-of-measure.tsx"),
	"time-lapse": () => import("./map-of-measure.tsx"),
	spread: () => import("./spread-panel.tsx"),
	curve: () => import("./curve-panel.tsx"),
	trend: () => import("./trend-of-area.tsx"),
	rt: () => import("./reproduction-panel.tsx"),
	"rt-map": () => import("./reproduction-map-panel.tsx"),
	projection: () => import("./projection-panel.tsx"),
	ranking: () => import("./ranking-panel.tsx"),
	table: () => import("./table-of-areas.tsx"),
	shortage: () => import("./shortage-panel.tsx"),
	"first-out": () => import("./shortage-panel.tsx"),
	"stock-map": () => import("./shortage-panel.tsx"),
	"plan-map": () => import("./plan-map-panel.tsx"),
	laboratory: () => import("./laboratory-panel.tsx"),
	laboratories: () => import("./laboratory-panel.tsx"),
	facility: () => import("./facility-panel.tsx"),
	referral: () => import("./referral-panel.tsx"),
	"referral-map": () => import("./referral-panel.tsx"),
	sources: () => import("./sources-panel.tsx"),
	clock: () => import("./clock-panel.tsx"),
	text: () => import("./text-panel.tsx"),
	image: () => import("./image-panel.tsx"),
};
