import { useMemo } from "react";
import { useLanguage } from "../../i18n/use-language.ts";
import type { ReferralLine } from "./use-referral.ts";

/** What stands in the list, on paper and at the pointer, in the words of the language in use. */
export function useReferralWords() {
	const { t, format, language } = useLanguage();
	return useMemo(
		() => ({
			km: ({ km, atSeat }: ReferralLine) =>
				`${atSeat ? t("referral.about") : ""}${format.count(km, 1)}`,
			state: ({ state }: ReferralLine) => t(`referral.state.${state}`),
			free({ free, of }: ReferralLine) {
				if (free === null) return "–";
				if (free < 0)
					return t("referral.over", { people: format.number(-free) });
				return of === null
					? format.number(free)
					: t("referral.freeOf", {
							free: format.number(free),
							of: format.number(of),
						});
			},
			age({ age, old }: ReferralLine) {
				if (age === null) return "–";
				const text =
					age <= 1
						? t(age === 0 ? "referral.today" : "referral.yesterday")
						: t("referral.daysOld", { days: format.number(age) });
				return old ? `${text} · ${t("referral.old")}` : text;
			},
			source: ({ source }: ReferralLine) =>
				source === null ? "–" : source[`${language}_name`],
		}),
		[t, format, language],
	);
}
