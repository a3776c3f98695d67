import { DrawnSpread } from "../screens/sebaran/drawn-spread.tsx";
import { useChoice } from "../screens/sebaran/use-choice.ts";
import { useSelectedArea } from "../state/selected-area.ts";
import type { PanelProps } from "./panel-props.ts";

const stay = () => {};

/** The map of Sebaran as its address has it: with its period and classes, its marks and ranking, a difference, many small ones or zones. */
export default function SpreadPanel({ areas, selected }: PanelProps) {
	const chosen = useSelectedArea().selected ?? selected;
	return (
		<DrawnSpread
			areas={areas}
			selected={selected}
			chosen={chosen}
			select={stay}
			choice={useChoice()}
		/>
	);
}
