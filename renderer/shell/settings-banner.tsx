import { CircleAlert } from "lucide-react";
import { useState } from "react";
import { useLanguage } from "../i18n/use-language.ts";
import { goTo } from "../navigation/follow-address.ts";
import { useCurrentSettings } from "../state/settings.ts";
import { Banner } from "./banner.tsx";

/** Says that a file of settings could not be read at this start, where it lies now and what to do. */
export function SettingsBanner() {
	const { t } = useLanguage();
	const { data } = useCurrentSettings();
	const [read, setRead] = useState(false);
	const news = data?.setAside.filter(({ now }) => now) ?? [];
	if (news.length === 0 || read) return null;
	return (
		<Banner
			kind="error"
			role="alert"
			icon={CircleAlert}
			testId="settings-banner"
			actions={[
				{ label: t("settings.open"), act: () => goTo("pengaturan") },
				{ label: t("app.close"), act: () => setRead(true) },
			]}
		>
			{news.map(({ what, path, why }) => (
				<p key={path}>
					{t(`settings.aside.${why}`, {
						file: t(`settings.file.${what}`),
						path,
					})}
				</p>
			))}
		</Banner>
	);
}
