import { useMemo } from "react";
import type { integrationId } from "../../i18n/integration-id.ts";
import { useLanguage } from "../../i18n/use-language.ts";

type Reason = keyof typeof integrationId.quarantine.reasons;

/** What is written of a line that cannot be used: the reader writes English for whoever looks at files. */
export function useFaultWords() {
	const { t } = useLanguage();
	return useMemo(
		() => ({
			reason: ({ reason }: { reason: string }) =>
				t(`integration.quarantine.reasons.${reason as Reason}`),
			expects: ({ reason }: { reason: string }) =>
				t(`integration.quarantine.expects.${reason as Reason}`),
		}),
		[t],
	);
}
