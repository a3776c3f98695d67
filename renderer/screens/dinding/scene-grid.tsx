import type { Scene } from "../../../core/wall/scene.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PanelNotice } from "../../parts/ui/panel.tsx";
import { GRID_STYLE, gridPlace, ScenePanelView } from "./scene-panel.tsx";
import styles from "./wall.module.css";

/** A scene as a wall shows it: it fills its box. */
export function SceneGrid({
	scene,
	now,
	area = null,
	point = null,
}: {
	scene: Scene;
	now: number;
	area?: string | null;
	point?: string | null;
}) {
	const { t } = useLanguage();
	if (scene.panels.length === 0)
		return <PanelNotice>{t("walls.emptyScene")}</PanelNotice>;
	return (
		<div className={styles.grid} style={GRID_STYLE}>
			{scene.panels.map((panel) => (
				<div
					key={panel.id}
					className={styles.place}
					style={gridPlace(panel)}
					data-testid="scene-panel"
				>
					<ScenePanelView panel={panel} now={now} area={area} point={point} />
				</div>
			))}
		</div>
	);
}
