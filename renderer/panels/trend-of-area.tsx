import { TrendPanel } from "../parts/chart/trend-panel.tsx";
import type { PanelProps } from "./panel-props.ts";

/** The trend of Situasi. */
export default function TrendOfArea({ areas, selected }: PanelProps) {
	return <TrendPanel area={selected} areas={areas} className={undefined} />;
}
