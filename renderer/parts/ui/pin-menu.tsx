import { useView } from "../../state/view-state.ts";
import { fetched } from "./fetched.tsx";
import type { PinProps } from "./pin-scenes.tsx";

/** What scenes are is nothing that a window reads before it draws anything. */
const PinScenes = fetched(() => import("./pin-scenes.tsx"));

/** Pins a panel, with what is chosen on its screen, to a scene of the walls. Not on a wall, where nobody presses anything. */
export function PinMenu(panel: PinProps) {
	const isWall = useView((view) => view.wall);
	return isWall ? null : <PinScenes {...panel} waiting={null} />;
}
