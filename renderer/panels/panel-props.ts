import type { ScenePanel } from "../../core/wall/scene.ts";
import type { useSelectedArea } from "../state/selected-area.ts";

/** What a panel of a scene is given: what it is, and the area of its address. */
export interface PanelProps
	extends NonNullable<ReturnType<typeof useSelectedArea>["onMap"]> {
	readonly panel: ScenePanel;
}
