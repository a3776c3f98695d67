import {
	freePlace,
	MOST_MAPS,
	MOST_PANELS,
	PANEL_KINDS,
	type PanelKind,
	type Scene,
	type ScenePanel,
} from "./scene.ts";

/** As large as a panel would like to be that is pinned, in columns and rows. */
function wished(kind: PanelKind): readonly [number, number] {
	if (kind === "kpi") return [12, 2];
	return PANEL_KINDS[kind].map ? [7, 6] : [5, 4];
}

/** Why a panel cannot be pinned to a scene. */
export type NoPin = "full" | "third-map";

/** A scene with one more panel at the first free place, or why it cannot be there. */
export function pinned(
	scene: Scene,
	panel: Pick<ScenePanel, "id" | "kind" | "address">,
): { scene: Scene; place: ScenePanel["place"] } | NoPin {
	const { kind } = panel;
	const maps = scene.panels.filter((one) => PANEL_KINDS[one.kind].map).length;
	if (PANEL_KINDS[kind].map && maps >= MOST_MAPS) return "third-map";
	const place =
		scene.panels.length < MOST_PANELS
			? freePlace(scene.panels, kind, wished(kind))
			: null;
	if (!place) return "full";
	const one: ScenePanel = { ...panel, text: "", staleAfter: null, place };
	return { scene: { ...scene, panels: [...scene.panels, one] }, place };
}
