import { Checkbox, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { BED_KINDS } from "../../../core/facilities/free-bed.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import styles from "./rujukan.module.css";
import { POINT } from "./search.ts";
import type { ReferralView } from "./use-referral.ts";

/** Which bed is looked for, from where, and which hospitals are shown. */
export function ReferralChoice({ search, change }: ReferralView) {
	const { t } = useLanguage();
	const [at, setAt] = useState(search.at);
	useEffect(() => setAt(search.at), [search.at]);
	const plain = at.replace(/\s+/g, "");
	const isWrong = plain !== "" && !POINT.test(plain);
	const take = () => {
		if (!isWrong) change({ at: plain });
	};
	return (
		<div className={styles.choice} data-testid="referral-choice">
			<SegmentedControl
				size="xs"
				aria-label={t("referral.bed")}
				data-testid="referral-bed"
				value={search.bed}
				data={BED_KINDS.map((bed) => ({
					value: bed,
					label: t(`referral.beds.${bed}`),
				}))}
				onChange={(bed) => change({ bed: bed as typeof search.bed })}
			/>
			<Select
				size="xs"
				className={styles.show}
				aria-label={t("referral.show")}
				data-testid="referral-show"
				allowDeselect={false}
				value={search.show}
				data={(["free", "all"] as const).map((show) => ({
					value: show,
					label: t(`referral.shows.${show}`),
				}))}
				onChange={(show) => change({ show: show === "all" ? "all" : "free" })}
			/>
			<Checkbox
				size="xs"
				label={t("referral.only")}
				data-testid="referral-only"
				checked={search.only === "referral"}
				onChange={(event) =>
					change({ only: event.currentTarget.checked ? "referral" : "any" })
				}
			/>
			<TextInput
				size="xs"
				className={styles.at}
				aria-label={t("referral.at")}
				placeholder={t("referral.at")}
				title={t("referral.atHelp")}
				data-testid="referral-at"
				value={at}
				error={isWrong && t("referral.atWrong")}
				onChange={(event) => setAt(event.currentTarget.value)}
				onBlur={take}
				onKeyDown={(event) => {
					if (event.key === "Enter") take();
				}}
			/>
		</div>
	);
}
