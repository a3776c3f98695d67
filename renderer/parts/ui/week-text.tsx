import { ArrowDownRight, ArrowRight, ArrowUpRight } from "lucide-react";
import type { ReactNode } from "react";
import type { Figures } from "../../../core/api/figures.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { MarkChips } from "./mark-list.tsx";
import { useSourceChangeText } from "./source-change.ts";
import styles from "./week-text.module.css";

/**
 * The one weekly figure: what is new, or for a state of the day how it changed, with an arrow and a sign, so that no colour is needed to
 * read it. Corrections stand beside it; where there is no figure, why not.
 */
export function WeekText({ figures }: { figures: Figures }) {
	const { t, format } = useLanguage();
	const { sourceChangeText } = useSourceChangeText();
	const { week, sourceChange } = figures;
	const { measure, value } = week;
	if (value === null)
		return (
			<WeekNote>
				{sourceChange
					? sourceChangeText(sourceChange)
					: t(`value.unknown.${measure}`)}
			</WeekNote>
		);
	const Arrow =
		measure === "new7"
			? null
			: value > 0
				? ArrowUpRight
				: value < 0
					? ArrowDownRight
					: ArrowRight;
	return (
		<span className={styles.text}>
			{Arrow && <Arrow aria-hidden size="1.1em" />}
			{t(`value.${measure}`, { value: format.figure(measure, value) })}
			{week.corrected !== null &&
				` · ${t("value.corrected", { value: format.signed(week.corrected) })}`}{" "}
			<MarkChips marks={week.marks & ~figures.marks} signsOnly />
		</span>
	);
}

/** Where there is no weekly figure: why not, or what else there is to say. */
export function WeekNote({ children }: { children: ReactNode }) {
	return <span className={`${styles.text} muted`}>{children}</span>;
}
