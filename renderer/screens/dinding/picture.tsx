import {
	type CSSProperties,
	type ReactNode,
	useEffect,
	useRef,
	useState,
} from "react";
import { picturesOf, type Standing } from "../../../core/wall/grid.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { SeenPartOnly } from "../../parts/map/seen-part.ts";
import styles from "./wall.module.css";

/** What a wall consists of, wherever it lies. */
interface Parts {
	/** Where all of it is shifted to, in rem. */
	readonly shift: { readonly x: number; readonly y: number };
	/** What an exercise is called, empty where it has no name; null: there is none. */
	readonly exercise: string | null;
	readonly layers: ReactNode;
	readonly raised: ReactNode;
	readonly strip: ReactNode;
}

const moved = ({ x, y }: Parts["shift"]) => `translate(${x}rem, ${y}rem)`;

/** A wall of one display. */
export function OwnPicture({ shift, exercise, layers, raised, strip }: Parts) {
	return (
		<div className={styles.shifted} style={{ transform: moved(shift) }}>
			{exercise !== null && <Exercise label={exercise} />}
			{layers}
			{raised}
			{strip}
		</div>
	);
}

/**
 * The part of a wall of several displays that lies before this one. Everything is laid out over the whole wall, with the width of the frames in it:
 * what lies behind them is hidden, and lines go on straight.
 * @param children what this display says of itself
 */
export function SpannedPicture({
	standing: { grid, cell },
	shift,
	exercise,
	layers,
	raised,
	strip,
	children,
}: Parts & { standing: Standing; children: ReactNode }) {
	const { columns, rows } = picturesOf(grid);
	const [left = 0, right = 1] = columns[cell.column] ?? [];
	const [top = 0, bottom = 1] = rows[cell.row] ?? [];
	const [wide, high] = [right - left, bottom - top];
	const foot = useRef<HTMLDivElement>(null);
	const footHeight = useHeight(foot);
	return (
		<>
			<div
				className={styles.whole}
				data-testid="wall-whole"
				style={
					{
						left: `${(-100 * left) / wide}%`,
						top: `${(-100 * top) / high}%`,
						width: `${100 / wide}%`,
						height: `${100 / high}%`,
						transform: moved(shift),
						"--edge": "0.35rem",
						"--head": exercise === null ? "0.35rem" : "3.4rem",
						"--foot": `calc(${footHeight}px + 0.7rem)`,
					} as CSSProperties
				}
			>
				{exercise !== null &&
					// Once for each display at the top: letters behind a frame are read by nobody.
					columns.map(([from, to]) => (
						<div
							key={from}
							className={styles.overHead}
							style={{ left: `${100 * from}%`, width: `${100 * (to - from)}%` }}
						>
							<Exercise label={exercise} />
						</div>
					))}
				<SeenPartOnly value={true}>{layers}</SeenPartOnly>
				<div
					ref={foot}
					className={styles.underFoot}
					style={{ right: 0, width: `${100 * columnWidth(columns)}%` }}
				>
					{raised}
					{strip}
				</div>
			</div>
			<div className={styles.ofDisplay}>{children}</div>
		</>
	);
}

/** The strip lies on the last display of the lowest row: on one display nothing of it is behind a frame. */
function columnWidth(columns: ReturnType<typeof picturesOf>["columns"]) {
	const [from = 0, to = 1] = columns.at(-1) ?? [];
	return to - from;
}

/** The height of something (px), as it changes. */
function useHeight(of: { readonly current: HTMLElement | null }): number {
	const [height, setHeight] = useState(0);
	useEffect(() => {
		const box = of.current;
		if (!box) return;
		const sizes = new ResizeObserver(() => setHeight(box.offsetHeight));
		sizes.observe(box);
		return () => sizes.disconnect();
	}, [of]);
	return height;
}

function Exercise({ label }: { label: string }) {
	const { t } = useLanguage();
	return (
		<div className={styles.exercise} role="note" data-testid="wall-exercise">
			{label || t("exercise.label")}
		</div>
	);
}
