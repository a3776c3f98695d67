import { History } from "../screens/sebaran/history.tsx";
import { useChoice } from "../screens/sebaran/use-choice.ts";
import type { PanelProps } from "./panel-props.ts";

/** The curve of Sebaran, with the days on which something happened. */
export default function CurvePanel({ areas, selected }: PanelProps) {
	return <History area={selected} areas={areas} choice={useChoice()} fills />;
}
