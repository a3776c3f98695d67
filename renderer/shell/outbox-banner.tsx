import { Button } from "@mantine/core";
import { CircleAlert } from "lucide-react";
import { useState } from "react";
import { useLanguage } from "../i18n/use-language.ts";
import { useSession } from "../state/session.ts";
import styles from "./banner.module.css";

/** Says that what waited on this workstation was lost to a damaged file, or that nothing can be kept here. */
export function OutboxBanner() {
	const { t } = useLanguage();
	const { data: session } = useSession();
	const [read, setRead] = useState(false);
	if (!session || session.outbox.kind === "kept" || read) return null;
	return (
		<div
			className={styles.banner}
			data-kind="error"
			role="alert"
			data-testid="outbox-banner"
		>
			<CircleAlert size="1.2em" aria-hidden />
			<div className={styles.detail}>
				{session.outbox.kind === "damaged"
					? t("signIn.damaged", { path: session.outbox.setAside })
					: t("signIn.noOutbox")}
			</div>
			<Button
				size="compact-sm"
				variant="white"
				color="dark"
				onClick={() => setRead(true)}
			>
				{t("app.close")}
			</Button>
		</div>
	);
}
