import type { ReactNode } from "react";
import type { Level } from "../../../core/areas/codes.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useLevelFollows } from "../../state/follow.ts";
import { useRootSize } from "../ui/root-size.ts";
import { arcWidth, WIDEST } from "./arc-marks.ts";
import {
	emptyColour,
	FULL_FROM,
	STATE_COLOURS,
	stateOf,
} from "./facility-state.ts";
import { cellColours } from "./hexagon-marks.ts";
import { bandWriter } from "./legend.tsx";
import { markColours } from "./mark-colours.ts";
import styles from "./mark-legend.module.css";
import { heightOf, radiusOf, roundValues } from "./mark-size.ts";
import type { MarkColour } from "./mark-value-extension.ts";
import type { MapColours, Rgb } from "./palettes.ts";
import { cssColour, noDataCss } from "./palettes.ts";
import { type Circles, LARGEST, TALLEST, TILT } from "./value-marks.ts";

/** The legends of all marks that are shown, one below the other. */
export function MarkLegends({ children }: { children: ReactNode }) {
	const { t } = useLanguage();
	return (
		<section
			className={styles.legends}
			data-covers-map
			aria-label={t("marks.legend")}
			data-testid="mark-legend"
		>
			{children}
			<p>{t("marks.notInInsets")}</p>
		</section>
	);
}

/** The legend of one kind of mark. */
export function MarkLegend({
	kind,
	name,
	title,
	lines,
	children,
}: {
	kind: string;
	name: string;
	title: ReactNode;
	lines: readonly ReactNode[];
	children?: ReactNode;
}) {
	return (
		<section data-mark={kind} aria-label={name}>
			<h3>{title}</h3>
			{children}
			{lines.map((line, at) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
				<p key={at}>{line}</p>
			))}
		</section>
	);
}

export function css([red, green, blue, alpha]: MarkColour): string {
	return `rgb(${red} ${green} ${blue} / ${alpha})`;
}

interface Sized {
	/** Of the areas that have the marks. */
	level: Level;
	most: number;
	/** Counts are whole. */
	whole: boolean;
	ground: MapColours;
	belowZero: boolean;
}

/** Parts of the greatest value that a legend shows: of its own size the mark would be larger than all else that is said of it. */
const CIRCLE_PARTS = [1 / 5, 1 / 25];
const COLUMN_PARTS = [1 / 3, 1 / 10];

/** Circles of round values beside one another, as large as they are on the map. */
export function CircleSizes({
	of,
	level,
	most,
	whole,
	ground,
	belowZero,
}: Sized & { of: Circles }) {
	const { format } = useLanguage();
	const rem = useRootSize();
	const { fill, line } = markColours(ground);
	const largest = LARGEST[of] * rem;
	const values = roundValues(most, whole, CIRCLE_PARTS);
	const radii = values.map((value) => radiusOf(value, most, largest));
	const high = Math.max(2 * (radii[0] ?? 0), rem) + 2;
	return (
		<>
			<svg height={high} aria-hidden>
				{values.map((value, at) => (
					<g key={value} transform={`translate(${at * 8 * rem} ${high / 2})`}>
						<circle
							cx={(radii[0] ?? 0) + 1}
							r={radii[at]}
							fill={css(fill)}
							stroke={css(line)}
						/>
						<text x={(radii[0] ?? 0) + (radii[at] ?? 0) + rem * 0.5}>
							{whole ? format.number(value) : format.short(value)}
						</text>
					</g>
				))}
			</svg>
			<States
				level={level}
				ground={ground}
				belowZero={belowZero}
				below="circle"
			/>
		</>
	);
}

/** Columns of round values beside one another, as tall as they look on the map. */
export function ColumnSizes({ level, most, whole, ground, belowZero }: Sized) {
	const { format } = useLanguage();
	const rem = useRootSize();
	const up = Math.sin((TILT * Math.PI) / 180);
	const { fill } = markColours(ground);
	const values = roundValues(most, whole, COLUMN_PARTS).map((value) => ({
		value,
		height: heightOf(value, most, TALLEST * rem * up),
	}));
	const high = (values[0]?.height ?? 0) + rem * 0.4;
	return (
		<>
			<svg height={high} aria-hidden>
				{values.map(({ value, height }, at) => (
					<g key={value} transform={`translate(${at * 7 * rem} ${high})`}>
						<rect
							x={rem * 0.2}
							y={-height - 1}
							width={rem * 0.5}
							height={height}
							fill={css([fill[0], fill[1], fill[2], 1])}
						/>
						<text x={rem} y={-Math.max(height, rem * 0.6) + rem * 0.3}>
							{whole ? format.number(value) : format.short(value)}
						</text>
					</g>
				))}
			</svg>
			<States
				level={level}
				ground={ground}
				belowZero={belowZero}
				below="column"
			/>
		</>
	);
}

/** The classes of cells as one band, with the bounds between them. */
export function CellClasses({
	bounds,
	ground,
}: {
	bounds: readonly number[];
	ground: MapColours;
}) {
	const { t, format } = useLanguage();
	const write = bandWriter(bounds, format);
	const colours = cellColours(bounds.length, ground);
	return (
		<>
			<ol className={styles.band}>
				{bounds.map((bound, step) => (
					<li key={bound}>
						<i style={{ background: cssColour(colours[step] as Rgb) }} />
						{step === 0 ? "> 0" : write(bound)}
					</li>
				))}
			</ol>
			<ul className={styles.states}>
				<li>
					<i style={{ background: cssColour(ground.zero) }} />
					{t("map.zero")}
				</li>
				<li>
					<i style={{ background: noDataCss(ground) }} />
					{t("map.noData")}
				</li>
			</ul>
		</>
	);
}

/** Arcs of round shares, as wide as they are on the map. */
export function ArcWidths({
	most,
	ground,
}: {
	most: number;
	ground: MapColours;
}) {
	const { t, format } = useLanguage();
	const rem = useRootSize();
	const values = roundValues(most, false, [1, 1 / 10, 1 / 100]);
	const { line, missing } = markColours(ground);
	return (
		<>
			<svg height={values.length * rem} aria-hidden>
				{values.map((share, at) => (
					<g key={share} transform={`translate(0 ${(at + 0.5) * rem})`}>
						<path
							d={`M0 0H${3 * rem}`}
							stroke={css(line)}
							strokeWidth={arcWidth(share, most, WIDEST * rem)}
						/>
						<text x={3.5 * rem}>{`${format.number(share * 100)} %`}</text>
					</g>
				))}
			</svg>
			<ul className={styles.states}>
				<li>
					<svg viewBox="0 0 16 16" aria-hidden>
						<path
							d="M0 8h16"
							stroke={css(missing)}
							strokeWidth="2"
							strokeDasharray="4 3"
						/>
					</svg>
					{t("marks.endNotReported")}
				</li>
			</ul>
		</>
	);
}

/** The shape of a facility, filled as far as it is full, in the colour of each state. */
export function FacilityStates({
	kind,
	ground,
	states: given,
}: {
	kind: "hospital" | "laboratory";
	ground: MapColours;
	/** What is told of them where that is no share. */
	states?: readonly { full: number; text: string }[] | undefined;
}) {
	const { t, format } = useLanguage();
	const { line, missing } = markColours(ground);
	const percent = (share: number) => format.number(share * 100);
	const [some, much] = FULL_FROM;
	const states = given ?? [
		{ full: 0.4, text: `< ${percent(some)} %` },
		{ full: 0.7, text: `${percent(some)} – < ${percent(much)} %` },
		{ full: 0.95, text: `≥ ${percent(much)} %` },
	];
	const outline = kind === "hospital" ? "M2 2H14V14H2Z" : "M8 0L16 8L8 16L0 8Z";
	const clip = `mark-shape-${kind}`;
	return (
		<ul className={styles.states}>
			{states.map(({ full, text }) => (
				<li key={text}>
					<svg viewBox="0 0 16 16" aria-hidden>
						<clipPath id={clip}>
							<path d={outline} />
						</clipPath>
						<g clipPath={`url(#${clip})`}>
							<rect
								width="16"
								height="16"
								fill={cssColour(emptyColour(ground))}
							/>
							<rect
								y={14 - 12 * full}
								width="16"
								height="16"
								fill={cssColour(STATE_COLOURS[stateOf(full)])}
							/>
						</g>
						<path d={outline} fill="none" stroke={css(line)} />
					</svg>
					{text}
				</li>
			))}
			<li>
				<svg viewBox="0 0 16 16" aria-hidden>
					<path
						d={outline}
						fill="none"
						stroke={css(missing)}
						strokeWidth="1.6"
					/>
				</svg>
				{t("map.noData")}
			</li>
		</ul>
	);
}

/** What zero, a value below it and no report look like. */
function States({
	level,
	ground,
	belowZero,
	below,
}: {
	level: Level;
	ground: MapColours;
	belowZero: boolean;
	below: "circle" | "column";
}) {
	const { t } = useLanguage();
	const follows = useLevelFollows(level);
	const colours = markColours(ground);
	return (
		<ul className={styles.states}>
			<li>
				<svg viewBox="0 0 16 16" aria-hidden>
					<circle cx="8" cy="8" r="1.6" fill={css(colours.line)} />
				</svg>
				{t("map.zero")}
			</li>
			{belowZero && (
				<li>
					<svg viewBox="0 0 16 16" aria-hidden>
						{below === "circle" ? (
							<g stroke={css(colours.below)} fill="none" strokeWidth="1.5">
								<circle cx="8" cy="8" r="6" />
								<path d="M4.5 8h7" />
							</g>
						) : (
							<path d="M6 3h4v10h-4z" fill={css(colours.below)} />
						)}
					</svg>
					{t(below === "circle" ? "marks.below" : "marks.downwards")}
				</li>
			)}
			<li>
				<svg viewBox="0 0 16 16" aria-hidden>
					<circle
						cx="8"
						cy="8"
						r="3.2"
						fill="none"
						stroke={css(colours.missing)}
						strokeWidth="1.6"
					/>
				</svg>
				{t(follows ? "map.notYet" : "map.noData")}
			</li>
		</ul>
	);
}
