import type { PanelKind } from "../../../core/wall/scene.ts";
import { useView } from "../../state/view-state.ts";
import { fetched } from "./fetched.tsx";

/** What scenes are is nothing that a window reads before it draws anything. */
const PinScenes = fetched(() => import("./pin-scenes.tsx"));

/**
 * Pins a panel as it stands on its screen, with what is chosen there, to a scene of the walls: one that was made here or a new one. Not on
 * a wall, where nobody presses anything.
 */
export function PinMenu(panel: {
	kind: PanelKind;
	what: string;
	/** What the address has to say besides, where nobody chose it and the screen did. */
	at?: Readonly<Record<string, string>>;
}) {
	const isWall = useView((view) => view.wall);
	return isWall ? null : <PinScenes {...panel} waiting={null} />;
}
