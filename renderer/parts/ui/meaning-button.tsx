import type { Term } from "../../../core/dictionary/entry.ts";
import { useView } from "../../state/view-state.ts";
import { fetched } from "./fetched.tsx";

/** Definitions are nothing that a window reads before it draws anything. */
const MeaningPopover = fetched(() => import("./meaning-popover.tsx"));

/** Beside a label: what it means, from the dictionary. Not on a wall, where nobody presses anything. */
export function MeaningButton(of: { term: Term; name: string }) {
	const isWall = useView((view) => view.wall);
	return isWall ? null : <MeaningPopover {...of} waiting={null} />;
}
