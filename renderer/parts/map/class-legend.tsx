import { UnstyledButton } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { Day } from "../../../core/series/day.ts";
import { classOf } from "../../../core/statistics/classes.ts";
import { clock } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useLevelFollows } from "../../state/follow.ts";
import { valuesOn } from "../../state/values-on.ts";
import styles from "./class-legend.module.css";
import { bandWriter, classRanges } from "./legend.tsx";
import { LegendFrame } from "./legend-frame.tsx";
import { cssColour, noDataCss } from "./palettes.ts";
import type { Colouring } from "./situation-map.ts";

/** A class of the map by its place from low to high, or one of the two that are none. */
export type ClassKey = number | "zero" | "none";

export function classKeyFrom(text: string): ClassKey | null {
	if (text === "zero" || text === "none") return text;
	return /^\d$/.test(text) ? Number(text) : null;
}

/** A line of the legend, or in short where its colour begins. */
interface Entry {
	readonly key: ClassKey;
	readonly background: string;
	readonly text: string;
	readonly from: string | null;
}

/** How many of some areas lie in each class on a day; of a day that the cube does not have nothing is known. */
export function areasInClasses(
	{ cube, bounds }: Pick<Colouring, "cube" | "bounds">,
	rows: readonly number[],
	day: Day,
): Map<ClassKey, number> {
	const values = valuesOn(cube, day);
	const counts = new Uint32Array(Math.max(1, bounds.length));
	let zero = 0;
	let none = 0;
	for (const row of rows) {
		const value = values?.[row] ?? Number.NaN;
		if (Number.isNaN(value)) none++;
		else if (value <= 0) zero++;
		else counts[classOf(value, bounds)]++;
	}
	const all: [ClassKey, number][] = [
		...counts.entries(),
		["zero", zero],
		["none", none],
	];
	return new Map(all.filter(([, areas]) => areas > 0));
}

/**
 * What the colours mean, and how the areas spread over them on the day; a class that is pressed is shown alone, and pressed again all are.
 */
export function ClassLegend({
	colouring,
	rows,
	title,
	lines,
	estimated = false,
	only,
	choose,
	dayOf,
	words,
}: {
	/** With the colours of all classes. */
	colouring: Colouring;
	/** Of the cube: the areas that are counted. */
	rows: readonly number[];
	title: string;
	/** What is said below the title and, last, below the classes. */
	lines: readonly [above: string, below: string];
	/** Some of the people that a rate divides by are an estimate. */
	estimated?: boolean;
	only: ClassKey | null;
	choose: (key: ClassKey | null) => void;
	/** The day that is drawn, where it is not that of the clock. */
	dayOf?: (day: Day) => Day;
	/** What the classes are called where they are not ranges of values, and below how many of them zero stands. */
	words?: {
		classes: readonly string[];
		zero: string;
		none: string;
		from: number;
	};
}) {
	const { t, format } = useLanguage();
	const { bounds, colours, ground, belowZero } = colouring;
	const follows = useLevelFollows(colouring.cube.header.level);
	const list = useRef<HTMLDivElement>(null);
	useEffect(() => {
		const lines = [
			...(list.current?.querySelectorAll<HTMLElement>("[data-class]") ?? []),
		].map((row) => ({
			key: classKeyFrom(row.dataset.class ?? "") ?? "none",
			row,
			text: row.querySelector("[data-count]"),
			written: -1,
		}));
		const count = () => {
			const day = dayOf?.(clock.day) ?? clock.day;
			const found = areasInClasses(colouring, rows, day);
			for (const line of lines) {
				const areas = found.get(line.key) ?? 0;
				if (line.written === areas) continue;
				line.written = areas;
				line.row.style.setProperty(
					"--share",
					String(areas / (rows.length || 1)),
				);
				if (line.text) line.text.textContent = format.number(areas);
			}
		};
		count();
		return clock.onDay(count);
	}, [colouring, rows, format, dayOf]);
	const ranges = words?.classes ?? classRanges(bounds, format);
	const write = bandWriter(bounds, format);
	const entries: Entry[] = colours
		.slice(0, bounds.length)
		.map((colour, step) => ({
			key: step,
			background: cssColour(colour),
			text: ranges[step] ?? "",
			from: step === 0 ? "> 0" : write(bounds[step] ?? 0),
		}));
	entries.splice(words?.from ?? 0, 0, {
		key: "zero",
		background: cssColour(ground.zero),
		text: words?.zero ?? t(belowZero ? "map.zeroOrLess" : "map.zero"),
		from: belowZero ? "≤ 0" : "0",
	});
	entries.reverse();
	const none: Entry = {
		key: "none",
		background: noDataCss(ground),
		text: words?.none ?? t(follows ? "map.notYet" : "map.noData"),
		from: null,
	};
	return (
		<LegendFrame
			title={title}
			lines={[lines[0]]}
			below={lines[1]}
			estimated={estimated}
			className={styles.legend}
			testId="class-legend"
		>
			<div ref={list} className={styles.list}>
				{[entries, [none]].map((some) => (
					<ul key={some[0]?.key} className={styles.group}>
						{some.map(({ key, background, text, from }) => (
							<li key={key}>
								<UnstyledButton
									className={styles.entry}
									aria-pressed={only === key}
									data-class={key}
									data-faint={(only !== null && only !== key) || undefined}
									title={`${text}: ${t(only === key ? "classes.all" : "classes.only")}`}
									onClick={() => choose(only === key ? null : key)}
								>
									<i style={{ background }} />
									<span className={styles.range}>{text}</span>
									{from !== null && (
										<span className={styles.from} aria-hidden>
											{from}
										</span>
									)}
									<span className={styles.bar} aria-hidden />
									<span className={styles.count} data-count />
								</UnstyledButton>
							</li>
						))}
					</ul>
				))}
			</div>
		</LegendFrame>
	);
}
