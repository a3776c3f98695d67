import { ArrowDownRight, ArrowRight, ArrowUpRight } from "lucide-react";
import { useLanguage } from "../i18n/use-language.ts";

/** The change over seven days: an arrow and a sign, so that no colour is needed to read it. */
export function ChangeText({ change }: { change: number | null }) {
	const { t, format } = useLanguage();
	if (change === null)
		return <span className="change muted">{t("value.unknownChange")}</span>;
	const Arrow =
		change > 0 ? ArrowUpRight : change < 0 ? ArrowDownRight : ArrowRight;
	return (
		<span className="change">
			<Arrow aria-hidden size="1.1em" />
			{change === 0
				? t("value.noChange")
				: t("value.change7", { change: format.signed(change) })}
		</span>
	);
}
