import { useMemo } from "react";
import type { StagedEntry } from "../../../core/api/decided.ts";
import type { HeldCount } from "../../../core/api/stock.ts";
import { useLanguage } from "../../i18n/use-language.ts";

/** A doubtful count in words. */
export function useHeldWords() {
	const { t, format } = useLanguage();
	return useMemo(() => {
		const amount = (value: number | null) =>
			value === null ? "–" : format.number(value);
		return {
			amount,
			fault: ({ fault }: Pick<HeldCount, "fault">) =>
				t(fault ? `heldStock.fault.${fault}` : "heldStock.noFault"),
			/** What became of it; of what waits here for the hub, what it will be. */
			standing: (
				{ decision }: Pick<HeldCount, "decision">,
				entry: StagedEntry | undefined,
			): string => {
				if (entry)
					return t(
						`heldStock.pending.${
							entry.name === "undo"
								? "reopen-stock"
								: (entry.name as "accept-stock")
						}`,
						{
							value: amount(
								(entry.request as { value?: number }).value ?? null,
							),
						},
					);
				return decision
					? t(`heldStock.verdict.${decision.verdict}`, {
							value: amount(decision.value),
						})
					: t("heldStock.verdict.waiting");
			},
		};
	}, [t, format]);
}
