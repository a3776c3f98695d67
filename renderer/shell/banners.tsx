import { Button } from "@mantine/core";
import { CircleAlert, History, Unplug } from "lucide-react";
import { useLanguage } from "../i18n/use-language.ts";
import { useConnection } from "../state/connection.ts";
import type { KnownDays } from "../state/known-days.ts";
import { useView } from "../state/view-state.ts";
import styles from "./banner.module.css";
import { OutboxBanner } from "./outbox-banner.tsx";
import { SettingsBanner } from "./settings-banner.tsx";
import { SyncDetail } from "./sync-indicator.tsx";

/** What must be known before any number is believed: a lost backend, a past state of knowledge, a sync that needs a person. */
export function Banners({ known }: { known: KnownDays }) {
	const { t, format } = useLanguage();
	const lostAt = useConnection((connection) => connection.lostAt);
	const sync = useConnection((connection) => connection.state?.sync);
	const asKnown = useView((view) => view.asKnown);
	const refusedKnown = useView((view) => view.refusedKnown);
	const change = useView((view) => view.change);
	return (
		<>
			<OutboxBanner />
			<SettingsBanner />
			{lostAt !== null && (
				<div
					className={styles.banner}
					data-kind="stale"
					role="alert"
					data-testid="stale-banner"
				>
					<Unplug size="1.2em" aria-hidden />
					{t("stale.banner", { time: format.time(lostAt) })}
				</div>
			)}
			{refusedKnown !== null && (
				<div
					className={styles.banner}
					data-kind="known"
					role="alert"
					data-testid="known-refused"
				>
					<History size="1.2em" aria-hidden />
					{t("asKnown.refused", { day: format.day(refusedKnown) })}{" "}
					{t("asKnown.outside", {
						from: format.day(known.from),
						to: format.day(known.to),
					})}
					<Button
						size="compact-sm"
						variant="white"
						color="dark"
						onClick={() => change({ asKnown: null })}
					>
						{t("app.close")}
					</Button>
				</div>
			)}
			{asKnown !== null && (
				<div
					className={styles.banner}
					data-kind="known"
					role="status"
					data-testid="as-known-banner"
				>
					<History size="1.2em" aria-hidden />
					{t("asKnown.banner", { day: format.day(asKnown) })}
					<Button
						size="compact-sm"
						variant="white"
						color="dark"
						onClick={() => change({ asKnown: null })}
					>
						{t("asKnown.back")}
					</Button>
				</div>
			)}
			{sync?.kind === "error" && (
				<div
					className={styles.banner}
					data-kind="error"
					data-testid="sync-banner"
				>
					<CircleAlert size="1.2em" aria-hidden />
					<div className={styles.detail}>
						<SyncDetail sync={sync} />
					</div>
				</div>
			)}
		</>
	);
}
