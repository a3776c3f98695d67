import type { Pending } from "../../../core/api/figures.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import styles from "./pending-value.module.css";

/** Beside a number: what it will be once the decision that waits here is published. */
export function PendingValue({ pending }: { pending: Pending | null }) {
	const words = usePendingWords();
	if (!pending) return null;
	return (
		<span className={styles.value} data-testid="pending-value">
			{words(pending)}
		</span>
	);
}

/** `→ 400 menunggu` */
export function usePendingWords(): (pending: Pending) => string {
	const { t, format } = useLanguage();
	return ({ value }) =>
		value === null
			? t("decision.pending.undone")
			: t("decision.pending.value", { value: format.number(value) });
}
