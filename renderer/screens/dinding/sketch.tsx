import { GRID, type Scene } from "../../../core/wall/scene.ts";
import styles from "./desk.module.css";

/** How a scene is divided, at a glance. */
export function Sketch({
	scene,
	fills = false,
}: {
	scene: Scene;
	/** It has the form of its box, as on the display that it is a picture of. */
	fills?: boolean;
}) {
	return (
		<svg
			className={styles.sketch}
			viewBox={`0 0 ${GRID.columns} ${GRID.rows}`}
			preserveAspectRatio={fills ? "none" : undefined}
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
