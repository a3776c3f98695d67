import { Popover, UnstyledButton } from "@mantine/core";
import type { GeographyInfo } from "../../../core/api/areas.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import styles from "./geography-notice.module.css";

/**
 * Whether the boundaries are our estimate or from a file that somebody imported, and whose they are: the whole text on a click, since
 * sources may be many. Nobody has said of such a file that it is official; its source speaks for itself.
 */
export function GeographyNotice({ geography }: { geography: GeographyInfo }) {
	const { t } = useLanguage();
	const kind = t(geography.approximate ? "map.approximate" : "map.imported");
	const source = geography.approximate
		? t("map.builtIn")
		: t("map.source", {
				source: geography.source,
				licence: geography.licence || t("map.noLicence"),
			});
	return (
		<Popover width="26rem" position="top-end" shadow="md" trapFocus>
			<Popover.Target>
				<UnstyledButton
					className={styles.notice}
					data-testid="geography-notice"
				>
					<b>{kind}</b> · {t("map.whose")}
				</UnstyledButton>
			</Popover.Target>
			<Popover.Dropdown>
				<h3>{kind}</h3>
				<p>{source}</p>
			</Popover.Dropdown>
		</Popover>
	);
}
