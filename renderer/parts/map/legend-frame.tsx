import type { ReactNode } from "react";
import { useLanguage } from "../../i18n/use-language.ts";
import { ESTIMATED } from "../ui/estimated-people.ts";
import styles from "./legend-frame.module.css";

/** The frame of what the colours of a map mean: of what they are, a list of them, and what holds for all. */
export function LegendFrame({
	title,
	lines,
	below,
	estimated = false,
	className = "",
	testId,
	children,
}: {
	title: string;
	lines: readonly (string | null)[];
	/** What is said below the list. */
	below?: string;
	/** Some of the people that a rate divides by are an estimate. */
	estimated?: boolean;
	className?: string | undefined;
	testId: string;
	/** The list. */
	children: ReactNode;
}) {
	const { t } = useLanguage();
	return (
		<section
			className={`${styles.legend} ${className}`}
			data-covers-map
			aria-label={t("map.legend")}
			data-testid={testId}
		>
			<h3>{title}</h3>
			{lines.map((line) => line && <p key={line}>{line}</p>)}
			{estimated && (
				<p data-testid="legend-estimated">
					{ESTIMATED} {t("people.estimatedShort")}
				</p>
			)}
			{children}
			{below && <p className={styles.below}>{below}</p>}
		</section>
	);
}
