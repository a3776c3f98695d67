import type { Format } from "../../i18n/format.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import styles from "./legend.module.css";
import { LegendFrame } from "./legend-frame.tsx";
import { useNotYetKnown } from "./of-the-day.tsx";
import { cssColour, noDataCss } from "./palettes.ts";
import type { Colouring } from "./situation-map.ts";

/** What the colours mean, with "no report" and "zero" apart from the counts. */
export function Legend({
	colouring,
	title,
	measure,
	unit,
	estimated,
	of,
}: {
	colouring: Colouring;
	title: string;
	measure: string;
	unit: string | null;
	/** Some of the people that a rate divides by are an estimate. */
	estimated: boolean;
	/** What the map is asked for, which may not be known yet. */
	of: Parameters<typeof useNotYetKnown>[0];
}) {
	const { t, format } = useLanguage();
	const notYetKnown = useNotYetKnown(of);
	const { bounds, ground } = colouring;
	// Where nothing is above zero there is no class, and none to name.
	const colours = colouring.colours.slice(0, bounds.length);
	const ranges = classRanges(bounds, format);
	return (
		<LegendFrame
			title={title}
			lines={[measure, unit]}
			estimated={estimated}
			className={styles.legend}
			testId="map-legend"
		>
			<ul>
				{colours
					.map((colour, step) => (
						<li key={bounds[step]}>
							<i style={{ background: cssColour(colour) }} />
							<span>{ranges[step]}</span>
						</li>
					))
					.reverse()}
				<li>
					<i style={{ background: cssColour(ground.zero) }} />
					<span>{t(colouring.belowZero ? "map.zeroOrLess" : "map.zero")}</span>
				</li>
				<li>
					<i style={{ background: noDataCss(ground) }} />
					<span>{t(notYetKnown ? "map.notYet" : "map.noData")}</span>
				</li>
			</ul>
		</LegendFrame>
	);
}

/** The values of each class, in words. */
export function classRanges(
	bounds: readonly number[],
	format: Written,
): string[] {
	const write = boundWriter(bounds, format);
	return bounds.map((bound, step) => {
		const to = bounds[step + 1];
		const low = step === 0 ? "> 0" : write(bound);
		return to === undefined ? `≥ ${write(bound)}` : `${low} – < ${write(to)}`;
	});
}

type Written = Pick<Format, "short" | "number" | "count" | "rate" | "exact">;

/** Writes the bounds that a legend names as they are, with the digits that the finest of them needs. */
export function boundWriter(
	bounds: readonly number[],
	format: Written,
): (bound: number) => string {
	// The lowest stands there as "> 0", unless it is the only one.
	const named = bounds.length > 1 ? bounds.slice(1) : bounds;
	const has = (digits: number) =>
		named.every((bound) => Number(bound.toFixed(digits)) === bound);
	if (has(0)) return named.every(isWholeInShort) ? format.short : format.number;
	if (!has(2)) return format.exact;
	return (bound) => (has(1) ? format.count(bound, 1) : format.rate(bound));
}

/** With two digits behind thousands or millions nothing of it is lost. */
function isWholeInShort(bound: number): boolean {
	return bound < 10_000 || bound % (bound < 1_000_000 ? 10 : 10_000) === 0;
}

/** The same for a band, in which a bound has no more room than its colour: `2 rb` for 2.000. */
export function bandWriter(
	bounds: readonly number[],
	format: Written & Pick<Format, "shortest">,
): (bound: number) => string {
	const write = boundWriter(bounds, format);
	return (bound) =>
		bound >= 1000 && bound % 100 === 0 && isWholeInShort(bound)
			? format.shortest(bound)
			: write(bound);
}
