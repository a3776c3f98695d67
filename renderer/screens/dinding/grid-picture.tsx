import { UnstyledButton } from "@mantine/core";
import type { CellNow } from "../../../core/wall/cell-state.ts";
import {
	type Cell,
	type CellKey,
	cellsOf,
	type DisplayGrid,
	picturesOf,
	spannedPlace,
	wholeOf,
} from "../../../core/wall/grid.ts";
import type { Scene } from "../../../core/wall/scene.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import styles from "./grid.module.css";
import { Sketch } from "./sketch.tsx";

/** A wall as it is now, small: what each display shows, and which is silent, frozen or shows what is too old. */
export function GridPicture({
	grid,
	scenes,
	nowOf,
	chosen,
	choose,
}: {
	grid: DisplayGrid;
	scenes: readonly Scene[];
	nowOf: (cell: Cell) => CellNow;
	chosen: CellKey | null;
	choose: (cell: CellKey) => void;
}) {
	const { t } = useLanguage();
	const { columns, rows } = picturesOf(grid);
	const { width, height } = wholeOf(grid);
	const cells = cellsOf(grid).map((cell) => ({ cell, now: nowOf(cell) }));
	const sceneOf = (id: string | null) =>
		scenes.find((scene) => scene.id === id) ?? null;
	// One that spans all is drawn once, over the frames, as soon as all that show anything show it.
	const shown = new Set(
		cells.flatMap(({ now }) => (now.scene === null ? [] : [now.scene])),
	);
	const spanning =
		grid.spans && shown.size === 1 ? sceneOf([...shown][0] ?? null) : null;
	return (
		<div className={styles.room}>
			<section
				className={styles.picture}
				style={{
					aspectRatio: `${width} / ${height}`,
					// As large as fits in both directions.
					width: `min(100%, calc(100cqh * ${width / height}))`,
				}}
				aria-label={t("grids.picturesNow")}
				data-testid="grid-picture"
			>
				{cells.map(({ cell, now }) => {
					const [left = 0, right = 1] = columns[cell.column] ?? [];
					const [top = 0, bottom = 1] = rows[cell.row] ?? [];
					const scene = sceneOf(now.scene);
					return (
						<UnstyledButton
							key={cell.key}
							className={styles.cell}
							style={{
								left: `${100 * left}%`,
								top: `${100 * top}%`,
								width: `${100 * (right - left)}%`,
								height: `${100 * (bottom - top)}%`,
							}}
							data-state={now.state.kind}
							data-testid={`cell-${cell.key}`}
							aria-pressed={chosen === cell.key}
							onClick={() => choose(cell.key)}
						>
							{scene && !spanning && <Sketch scene={scene} fills />}
							<CellWords cell={cell} now={now} scene={scene} />
						</UnstyledButton>
					);
				})}
				{spanning && (
					<svg className={styles.spanning} aria-hidden>
						{spanning.panels.map(({ id, kind, place }) => {
							const at = spannedPlace(place, kind, grid);
							return (
								<rect
									key={id}
									data-kind={kind}
									x={`${100 * at.left.share + 0.4}%`}
									y={`${100 * at.top.share + 0.4}%`}
									width={`${100 * (at.right.share - at.left.share) - 0.8}%`}
									height={`${100 * (at.bottom.share - at.top.share) - 0.8}%`}
									rx="4"
								/>
							);
						})}
					</svg>
				)}
			</section>
		</div>
	);
}

function CellWords({
	cell,
	now,
	scene,
}: {
	cell: Cell;
	now: CellNow;
	scene: Scene | null;
}) {
	const { t, format } = useLanguage();
	const { state, names } = now;
	const words = () => {
		switch (state.kind) {
			case "silent":
				return state.since === null
					? t("grids.state.never")
					: t("grids.state.silent", { time: format.time(state.since) });
			case "frozen":
				return t("grids.state.frozen", { time: format.time(state.since) });
			case "trouble":
				return t(`grids.state.trouble.${state.trouble}`);
			case "stale":
				return t("grids.state.stale", { count: state.panels });
			default:
				return t(`grids.state.${state.kind}`);
		}
	};
	return (
		<span className={styles.words}>
			<b className={styles.number}>{cell.number}</b>
			<span className={styles.state} data-testid="cell-state">
				{words()}
			</span>
			{names.length > 0 && <span>{names.join(", ")}</span>}
			{scene && <small>{scene.name}</small>}
		</span>
	);
}
