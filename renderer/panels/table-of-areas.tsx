import { AreaTable } from "../parts/table/area-table.tsx";
import type { PanelProps } from "./panel-props.ts";

const stay = () => {};

/** The table of Situasi. */
export default function TableOfAreas({ areas, selected }: PanelProps) {
	return (
		<AreaTable
			areas={areas}
			selected={selected}
			select={stay}
			className={undefined}
		/>
	);
}
