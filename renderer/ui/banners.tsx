import { Button } from "@mantine/core";
import { CircleAlert, History, Unplug } from "lucide-react";
import { useLanguage } from "../i18n/use-language.ts";
import { useConnection } from "../state/connection.ts";
import { useView } from "../state/view-state.ts";
import { SyncDetail } from "./sync-indicator.tsx";

/** What must be known before any number is believed: a lost backend, a past state of knowledge, a sync that needs a person. */
export function Banners() {
	const { t, format } = useLanguage();
	const lostAt = useConnection((connection) => connection.lostAt);
	const sync = useConnection((connection) => connection.state?.sync);
	const asKnown = useView((view) => view.asKnown);
	const change = useView((view) => view.change);
	return (
		<>
			{lostAt !== null && (
				<div
					className="banner"
					data-kind="stale"
					role="alert"
					data-testid="stale-banner"
				>
					<Unplug size="1.2em" aria-hidden />
					{t("stale.banner", { time: format.time(lostAt) })}
				</div>
			)}
			{asKnown !== null && (
				<div
					className="banner"
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
				<div className="banner" data-kind="error" data-testid="sync-banner">
					<CircleAlert size="1.2em" aria-hidden />
					<div className="banner-detail">
						<SyncDetail sync={sync} />
					</div>
				</div>
			)}
		</>
	);
}
