import { Drawer } from "@mantine/core";
import type { Term } from "../../../core/dictionary/entry.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Meaning } from "./meaning.tsx";
import { termName } from "./term-name.ts";

/** What a term means, at the right as everything is explained. */
export default function MeaningDrawer({
	term,
	opened,
	close,
}: {
	term: Term;
	opened: boolean;
	close: () => void;
}) {
	const { t } = useLanguage();
	return (
		<Drawer
			opened={opened}
			onClose={close}
			position="right"
			size="32rem"
			padding="md"
			closeButtonProps={{ "aria-label": t("app.close") }}
			overlayProps={{ backgroundOpacity: 0.45 }}
			transitionProps={{ duration: 0 }}
			title={<b>{t("value.meaningOf", { term: termName(t, term) })}</b>}
		>
			<Meaning term={term} />
		</Drawer>
	);
}
