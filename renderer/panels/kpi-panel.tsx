import { KpiStrip } from "../screens/situasi/kpi-strip.tsx";
import type { PanelProps } from "./panel-props.ts";

const drawn = () => {};

/** The figures of an area, as Situasi has them. */
export default function KpiPanel({ areas, selected }: PanelProps) {
	return <KpiStrip area={selected} areas={areas} onDrawn={drawn} />;
}
