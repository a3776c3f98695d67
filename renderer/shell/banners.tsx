import { CircleAlert, History, Unplug } from "lucide-react";
import { useLanguage } from "../i18n/use-language.ts";
import { useConnection } from "../state/connection.ts";
import type { KnownDays } from "../state/known-days.ts";
import { useView } from "../state/view-state.ts";
import { Banner } from "./banner.tsx";
import { OutboxBanner } from "./outbox-banner.tsx";
import { SettingsBanner } from "./settings-banner.tsx";
import { SyncDetail } from "./sync-indicator.tsx";

/** What must be known before any number is believed: a lost backend, a past state of knowledge, a sync that needs a person. */
export function Banners({
	known,
	ofNow,
}: {
	known: KnownDays;
	/** The screen tells what is known now. */
	ofNow: boolean;
}) {
	const { t, format } = useLanguage();
	const lostAt = useConnection((connection) => connection.lostAt);
	const sync = useConnection((connection) => connection.state?.sync);
	const asKnown = useView((view) => view.asKnown);
	const refusedKnown = useView((view) => view.refusedKnown);
	const change = useView((view) => view.change);
	const asNow = () => change({ asKnown: null });
	return (
		<>
			<OutboxBanner />
			<SettingsBanner />
			{lostAt !== null && (
				<Banner kind="stale" role="alert" icon={Unplug} testId="stale-banner">
					{t("stale.banner", { time: format.time(lostAt) })}
				</Banner>
			)}
			{refusedKnown !== null && (
				<Banner
					kind="known"
					role="alert"
					icon={History}
					testId="known-refused"
					actions={[{ label: t("app.close"), act: asNow }]}
				>
					<span>
						{t("asKnown.refused", { day: format.day(refusedKnown) })}{" "}
						{t("asKnown.outside", {
							from: format.day(known.from),
							to: format.day(known.to),
						})}
					</span>
				</Banner>
			)}
			{asKnown !== null && (
				<Banner
					kind="known"
					role="status"
					icon={History}
					testId="as-known-banner"
					actions={[{ label: t("asKnown.back"), act: asNow }]}
				>
					{t(ofNow ? "asKnown.notHere" : "asKnown.banner", {
						day: format.day(asKnown),
					})}
				</Banner>
			)}
			{sync?.kind === "error" && (
				<Banner
					kind="error"
					role="alert"
					icon={CircleAlert}
					testId="sync-banner"
				>
					<SyncDetail sync={sync} />
				</Banner>
			)}
		</>
	);
}
