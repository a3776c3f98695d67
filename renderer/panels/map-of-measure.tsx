import { MeasureMap } from "../parts/map/measure-map.tsx";
import type { PanelProps } from "./panel-props.ts";

const stay = () => {};

/** The map of Situasi. */
export default function MapOfMeasure({ areas, selected }: PanelProps) {
	return (
		<MeasureMap
			areas={areas}
			selected={selected}
			select={stay}
			className={undefined}
		/>
	);
}
