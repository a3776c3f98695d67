import type {
	ReproductionAreas,
	ReproductionRow,
} from "../../../core/api/reproduction.ts";
import { useLanguage } from "../../i18n/use-language.ts";

/** How R is written: a value never without its interval, what is missing never as a number. */
export function useReproductionWords() {
	const { t, format } = useLanguage();
	const interval = (
		row: Pick<ReproductionRow, "mean" | "low" | "high">,
	): string | null =>
		row.mean === null || row.low === null || row.high === null
			? null
			: `${format.rate(row.mean)} (${format.rate(row.low)}–${format.rate(row.high)})`;
	return {
		interval,
		value: (
			row: Pick<ReproductionRow, "mean" | "low" | "high" | "reason">,
		): string =>
			interval(row) ??
			(row.reason
				? t(`epidemic.gapShort.${row.reason}`)
				: t("epidemic.rt.unknown")),
		/** `P(Rt > 1) 97 %`; never 0 or 100, which nobody can know. */
		probability: (aboveOne: number): string =>
			t("epidemic.rt.probability", { share: shareText(aboveOne) }),
		share: shareText,
		titleOf: ({ shown, window }: Pick<ReproductionAreas, "shown" | "window">) =>
			t("epidemic.rt.of", {
				from: format.dayOfYear(shown - window + 1),
				to: format.day(shown),
			}),
	};
	function shareText(share: number): string {
		const percent = share * 100;
		if (percent > 99) return "> 99 %";
		if (percent < 1) return "< 1 %";
		return `${format.count(percent, 0)} %`;
	}
}
