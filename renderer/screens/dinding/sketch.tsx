import { GRID, type Scene } from "../../../core/wall/scene.ts";
import styles from "./desk.module.css";

/** How a scene is divided, at a glance. */
export function Sketch({ scene }: { scene: Scene }) {
	return (
		<svg
			className={styles.sketch}
			viewBox={`0 0 ${GRID.columns} ${GRID.rows}`}
			aria-hidden
		>
			{scene.panels.map(({ id, kind, place }) => (
				<rect
					key={id}
					data-kind={kind}
					x={place.x + 0.12}
					y={place.y + 0.12}
					width={place.width - 0.24}
					height={place.height - 0.24}
					rx="0.25"
				/>
			))}
		</svg>
	);
}
