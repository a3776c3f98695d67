import type { ReactNode } from "react";
import type { Pending } from "../../../core/api/figures.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import styles from "./pending-value.module.css";

/** Beside a number: what it will be once the decision that waits here is published. */
export function PendingValue({ pending }: { pending: Pending | null }) {
	const words = usePendingWords();
	if (!pending) return null;
	return <Waiting testId="pending-value">{words(pending)}</Waiting>;
}

/** Something that a person decided and that is not shown yet. */
export function Waiting({
	testId,
	children,
}: {
	testId: string;
	children: ReactNode;
}) {
	return (
		<span className={styles.value} data-testid={testId}>
			{children}
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
