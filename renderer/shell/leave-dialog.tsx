import { Button, Modal } from "@mantine/core";
import { useLanguage } from "../i18n/use-language.ts";
import { useDrafts } from "../state/drafts.ts";

/** Asks before what was typed and not sent is lost. */
export function LeaveDialog() {
	const { t } = useLanguage();
	const leaving = useDrafts((drafts) => drafts.leaving);
	const answer = (act: (() => void) | undefined) => () => {
		useDrafts.setState({ leaving: null });
		act?.();
	};
	return (
		<Modal
			opened={leaving !== null}
			onClose={answer(leaving?.stay)}
			title={t("draft.title")}
			closeButtonProps={{ "aria-label": t("app.close") }}
			transitionProps={{ duration: 0 }}
			centered
		>
			<p>{t("draft.text")}</p>
			<div className="row-end">
				<Button data-autofocus onClick={answer(leaving?.stay)}>
					{t("draft.stay")}
				</Button>
				<Button color="red" variant="light" onClick={answer(leaving?.go)}>
					{t("draft.leave")}
				</Button>
			</div>
		</Modal>
	);
}
