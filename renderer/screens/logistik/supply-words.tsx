import type { AreaCell, PlaceCell } from "../../../core/api/logistics.ts";
import { LOOK_AHEAD_DAYS } from "../../../core/logistics/stock-standing.ts";
import {
	CUT_OFFS,
	type SupplyClass,
} from "../../../core/logistics/supply-class.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { cssColour, noDataCss } from "../../parts/map/palettes.ts";
import { SUPPLY_SIGNS, supplyColour } from "../../parts/map/supply-colours.ts";
import { useGround } from "../../parts/map/use-ground.ts";
import { useTheme } from "../../parts/map/use-theme.ts";
import styles from "./supply.module.css";

/** CSS of the colour of a state; hatched where nothing is known. */
export function useSupplyCss(): (supply: SupplyClass) => string {
	const { ground } = useGround();
	const theme = useTheme();
	return (supply) =>
		supply === "none"
			? noDataCss(ground)
			: cssColour(supplyColour(supply, theme));
}

/** The sign of a state: its colour, and what tells it without colour. */
export function SupplySign({ supply }: { supply: SupplyClass }) {
	const css = useSupplyCss();
	return (
		<i
			className={styles.sign}
			data-supply={supply}
			aria-hidden
			style={{ background: css(supply) }}
		>
			{SUPPLY_SIGNS[supply]}
		</i>
	);
}

/** A state in words, with its sign. */
export function SupplyName({ supply }: { supply: SupplyClass }) {
	const { t } = useLanguage();
	return (
		<span className={styles.name}>
			<SupplySign supply={supply} />
			{t(`logistics.state.${supply}`)}
		</span>
	);
}

/** What a state says, with the cut-offs that the answer states. */
export function useStateHelp(cutOffs: typeof CUT_OFFS = CUT_OFFS) {
	const { t } = useLanguage();
	const days: Record<SupplyClass, number> = {
		critical: cutOffs.critical,
		short: cutOffs.short,
		watch: cutOffs.watch,
		safe: cutOffs.watch,
		stale: cutOffs.staleAfter,
		none: 0,
	};
	return (supply: SupplyClass): string =>
		t(`logistics.stateHelp.${supply}`, { days: days[supply] });
}

/** The day on which a stock runs out as it is written: of one that does not as far as is looked ahead the days that are, of one that is not known a dash. */
export function useOutText() {
	const { t, format } = useLanguage();
	return (day: number | null): string =>
		day === null
			? "–"
			: day === Number.POSITIVE_INFINITY
				? `> ${t("logistics.days", { days: format.number(LOOK_AHEAD_DAYS) })}`
				: format.dayOfYear(day);
}

/** Between which days it runs out, at high and low use; null: one day alone, or not known. */
export function useOutRange() {
	const { t } = useLanguage();
	const out = useOutText();
	return ({
		stockOutEarly: early,
		stockOutLate: late,
	}: Pick<PlaceCell, "stockOutEarly" | "stockOutLate">): string | null =>
		early === null || early === late
			? null
			: late === null
				? t("logistics.firstOut.from", { early: out(early) })
				: t("logistics.firstOut.range", { early: out(early), late: out(late) });
}

/** Days of supply as they are written: of one that is not used, and of one that is not known, in words. */
export function useDaysText() {
	const { t, format } = useLanguage();
	return ({
		daysOfSupply,
		unused,
	}: Pick<AreaCell | PlaceCell, "daysOfSupply" | "unused">): string =>
		daysOfSupply === null
			? t(unused ? "logistics.unused" : "logistics.unknown")
			: format.count(daysOfSupply, 1);
}
