import { CircleAlert } from "lucide-react";
import { useState } from "react";
import { useLanguage } from "../i18n/use-language.ts";
import { useSession } from "../state/session.ts";
import { Banner } from "./banner.tsx";

/** Says that what waited on this workstation was lost to a damaged file, or that nothing can be kept here. */
export function OutboxBanner() {
	const { t } = useLanguage();
	const { data: session } = useSession();
	const [read, setRead] = useState(false);
	if (!session || session.outbox.kind === "kept" || read) return null;
	return (
		<Banner
			kind="error"
			role="alert"
			icon={CircleAlert}
			testId="outbox-banner"
			actions={[{ label: t("app.close"), act: () => setRead(true) }]}
		>
			{session.outbox.kind === "damaged"
				? t("signIn.damaged", { path: session.outbox.setAside })
				: t("signIn.noOutbox")}
		</Banner>
	);
}
