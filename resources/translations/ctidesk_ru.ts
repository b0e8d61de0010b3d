<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru">
<context>
    <name>Abilities</name>
    <message>
        <source>No call</source>
        <translation>Нет звонка</translation>
    </message>
    <message>
        <source>No call to answer</source>
        <translation>Не на что отвечать</translation>
    </message>
    <message>
        <source>No call to end</source>
        <translation>Нет звонка для завершения</translation>
    </message>
    <message>
        <source>No call to hold</source>
        <translation>Нечего удерживать</translation>
    </message>
    <message>
        <source>No call to transfer</source>
        <translation>Некого переводить</translation>
    </message>
    <message>
        <source>No connection to the PBX</source>
        <translation>Нет связи с АТС</translation>
    </message>
    <message>
        <source>Not possible in this state of the call</source>
        <translation>Сейчас для этого звонка невозможно</translation>
    </message>
    <message>
        <source>Pick up your phone to answer</source>
        <translation>Снимите трубку, чтобы ответить</translation>
    </message>
    <message>
        <source>The consultation is not answered yet</source>
        <translation>На консультацию ещё не ответили</translation>
    </message>
    <message>
        <source>The line cannot dial now</source>
        <translation>Сейчас линия не может набирать</translation>
    </message>
    <message>
        <source>There is a call already</source>
        <translation>Уже есть звонок</translation>
    </message>
    <message>
        <source>There is no consultation</source>
        <translation>Нет консультации</translation>
    </message>
    <message>
        <source>This PBX gives no recordings</source>
        <translation>Эта АТС не даёт записей</translation>
    </message>
    <message>
        <source>You are consulting already</source>
        <translation>Консультация уже идёт</translation>
    </message>
</context>
<context>
    <name>About</name>
    <message>
        <source>A desktop panel for operators of the Oktell and Webitel PBXs.</source>
        <translation>Панель для операторов АТС Oktell и Webitel.</translation>
    </message>
    <message>
        <source>About ctidesk</source>
        <translation>О программе ctidesk</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>Диагностика</translation>
    </message>
    <message>
        <source>Licence: {name}</source>
        <translation>Лицензия: {name}</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Версия {version}</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>No tray on this desktop</source>
        <translation>На этом рабочем столе нет области уведомлений</translation>
    </message>
    <message>
        <source>ctidesk stays in its window. Closing it minimises it; Ctrl+Q ends ctidesk.</source>
        <translation>ctidesk останется в окне. Закрытие сворачивает его; Ctrl+Q завершает ctidesk.</translation>
    </message>
</context>
<context>
    <name>Callers</name>
    <message>
        <source>Open card</source>
        <translation>Открыть карточку</translation>
    </message>
    <message>
        <source>Say who it is</source>
        <translation>Указать, кто это</translation>
    </message>
    <message>
        <source>Several have this number: {count}</source>
        <translation>С этим номером несколько: {count}</translation>
    </message>
    <message>
        <source>Show the caller in your company's own program</source>
        <translation>Показать звонящего в программе вашей компании</translation>
    </message>
    <message>
        <source>Who is calling?</source>
        <translation>Кто звонит?</translation>
    </message>
</context>
<context>
    <name>Connection</name>
    <message>
        <source>The connection could not be opened because of a defect in this program.</source>
        <translation>Не удалось подключиться из-за ошибки в этой программе.</translation>
    </message>
</context>
<context>
    <name>Contacts</name>
    <message>
        <source>A file of vCards says itself what is what.</source>
        <translation>В файле vCard всё обозначено само.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Добавить</translation>
    </message>
    <message>
        <source>Add to contacts</source>
        <translation>В контакты</translation>
    </message>
    <message>
        <source>Added by hand</source>
        <translation>Добавлены вручную</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Адрес</translation>
    </message>
    <message>
        <source>Address of the card</source>
        <translation>Адрес карточки</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Все файлы (*)</translation>
    </message>
    <message>
        <source>Area code</source>
        <translation>Код города</translation>
    </message>
    <message>
        <source>Authorization</source>
        <translation>Авторизация</translation>
    </message>
    <message>
        <source>Between columns</source>
        <translation>Разделитель</translation>
    </message>
    <message>
        <source>CSV tables and vCards</source>
        <translation>Таблицы CSV и vCard</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Выбрать…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Column {number}</source>
        <translation>Столбец {number}</translation>
    </message>
    <message>
        <source>Comma</source>
        <translation>Запятая</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>Компания</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>Контакты</translation>
    </message>
    <message>
        <source>Contacts (*.csv *.tsv *.txt *.vcf *.vcard)</source>
        <translation>Контакты (*.csv *.tsv *.txt *.vcf *.vcard)</translation>
    </message>
    <message>
        <source>Contacts imported: {count}</source>
        <translation>Загружено контактов: {count}</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Страна</translation>
    </message>
    <message>
        <source>Directory and contacts</source>
        <translation>Номера и контакты</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Эл. почта</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Кодировка</translation>
    </message>
    <message>
        <source>From files</source>
        <translation>Из файлов</translation>
    </message>
    <message>
        <source>How numbers are dialled</source>
        <translation>Как набирают номера</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Код</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Загрузить</translation>
    </message>
    <message>
        <source>Import contacts</source>
        <translation>Загрузка контактов</translation>
    </message>
    <message>
        <source>Import file…</source>
        <translation>Загрузить файл…</translation>
    </message>
    <message>
        <source>Internal numbers</source>
        <translation>Внутренние номера</translation>
    </message>
    <message>
        <source>It is asked (GET) who has the number of a call, and answers in JSON within two seconds. {number} is the number as it came, {party} the international form, {digits} its digits.</source>
        <translation>Её спрашивают (GET), чей это номер, и она отвечает в JSON не дольше двух секунд. {number} — номер, как он пришёл, {party} — международный вид, {digits} — его цифры.</translation>
    </message>
    <message>
        <source>Its CSV tables and vCards are read anew whenever they change.</source>
        <translation>Таблицы CSV и vCard из неё читаются заново, когда меняются.</translation>
    </message>
    <message>
        <source>Looking at the file…</source>
        <translation>Файл просматривается…</translation>
    </message>
    <message>
        <source>Lookup in your company's program</source>
        <translation>Поиск в программе вашей компании</translation>
    </message>
    <message>
        <source>Meaning of {column}</source>
        <translation>Что значит {column}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>No contacts yet</source>
        <translation>Контактов пока нет</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>Не нужно</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Заметка</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Номер</translation>
    </message>
    <message>
        <source>Outside line</source>
        <translation>Выход на город</translation>
    </message>
    <message>
        <source>People in the answer</source>
        <translation>Люди в ответе</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Должность</translation>
    </message>
    <message>
        <source>Remove the contacts of {file}</source>
        <translation>Убрать контакты: {file}</translation>
    </message>
    <message>
        <source>Say which column holds the numbers.</source>
        <translation>Укажите, в каком столбце номера.</translation>
    </message>
    <message>
        <source>Semicolon</source>
        <translation>Точка с запятой</translation>
    </message>
    <message>
        <source>Sent as the header of this name, for example: Bearer and a key.</source>
        <translation>Отправляется как заголовок Authorization, например: Bearer и ключ.</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Табуляция</translation>
    </message>
    <message>
        <source>The beginning of the file</source>
        <translation>Начало файла</translation>
    </message>
    <message>
        <source>The contact was not added: its file cannot be written now.</source>
        <translation>Контакт не добавлен: файл сейчас не записывается.</translation>
    </message>
    <message>
        <source>The file of contacts was damaged and a new one was begun. The old file is kept: {file}</source>
        <translation>Файл контактов был повреждён, начат новый. Старый файл сохранён: {file}</translation>
    </message>
    <message>
        <source>The first one: {contact}</source>
        <translation>Первый: {contact}</translation>
    </message>
    <message>
        <source>The first row names the columns</source>
        <translation>В первой строке названия столбцов</translation>
    </message>
    <message>
        <source>There are none</source>
        <translation>Их нет</translation>
    </message>
    <message>
        <source>There is no number in these rows.</source>
        <translation>В этих строках нет номеров.</translation>
    </message>
    <message>
        <source>This is how the file was understood. Change what is wrong.</source>
        <translation>Так понят файл. Исправьте, что неверно.</translation>
    </message>
    <message>
        <source>This was not possible; the contacts are as they were. ({reason})</source>
        <translation>Не получилось; контакты остались прежними. ({reason})</translation>
    </message>
    <message>
        <source>Type a name</source>
        <translation>Введите имя</translation>
    </message>
    <message>
        <source>Up to {count} digits</source>
        <translation>До {count} цифр</translation>
    </message>
    <message>
        <source>Up to {number} digits</source>
        <translation>До {number} цифр</translation>
    </message>
    <message>
        <source>Watched folder</source>
        <translation>Папка под наблюдением</translation>
    </message>
    <message>
        <source>from the folder</source>
        <translation>из папки</translation>
    </message>
    <message>
        <source>{count} contacts</source>
        <translation>Контактов: {count}</translation>
    </message>
    <message>
        <source>{file} in the folder of contacts cannot be read. ({reason})</source>
        <translation>Файл {file} в папке контактов не читается. ({reason})</translation>
    </message>
</context>
<context>
    <name>Creatio</name>
    <message>
        <source>Incoming call</source>
        <translation>Входящий звонок</translation>
    </message>
    <message>
        <source>Missed call</source>
        <translation>Пропущенный звонок</translation>
    </message>
    <message>
        <source>Outgoing call</source>
        <translation>Исходящий звонок</translation>
    </message>
    <message>
        <source>Queue: {name}</source>
        <translation>Очередь: {name}</translation>
    </message>
    <message>
        <source>Transferred to: {number}</source>
        <translation>Переведён на: {number}</translation>
    </message>
</context>
<context>
    <name>Demo</name>
    <message>
        <source>Call later</source>
        <translation>Перезвонить позже</translation>
    </message>
    <message>
        <source>Lunch</source>
        <translation>Обед</translation>
    </message>
    <message>
        <source>Order placed</source>
        <translation>Заказ оформлен</translation>
    </message>
    <message>
        <source>Report until three</source>
        <translation>Отчёт до трёх</translation>
    </message>
</context>
<context>
    <name>Diagnostics</name>
    <message>
        <source>Attempts and losses</source>
        <translation>Попытки и обрывы</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Подключено</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Подключение</translation>
    </message>
    <message>
        <source>Connecting, attempt {number}</source>
        <translation>Подключение, попытка {number}</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Подключение</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Скопировано.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Copy what is shown here</source>
        <translation>Скопировать то, что здесь показано</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>Диагностика</translation>
    </message>
    <message>
        <source>Errors only</source>
        <translation>Только ошибки</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Всё</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Журнал</translation>
    </message>
    <message>
        <source>Log level</source>
        <translation>Подробность журнала</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Сообщения</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Не подключено</translation>
    </message>
    <message>
        <source>Not connected, no further attempt by itself</source>
        <translation>Не подключено, новых попыток не будет</translation>
    </message>
    <message>
        <source>Nothing is recorded.</source>
        <translation>Ничего не записано.</translation>
    </message>
    <message>
        <source>Passwords and session keys are replaced by ***.</source>
        <translation>Пароли и ключи сеансов заменяются на ***.</translation>
    </message>
    <message>
        <source>Record the messages to and from the PBX</source>
        <translation>Записывать обмен сообщениями с АТС</translation>
    </message>
    <message>
        <source>Reports (*.zip)</source>
        <translation>Отчёты (*.zip)</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>Сохранить отчёт</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>Сохранить отчёт…</translation>
    </message>
    <message>
        <source>Settings, versions, log and messages in one file, without passwords</source>
        <translation>Настройки, версии, журнал и сообщения в одном файле, без паролей</translation>
    </message>
    <message>
        <source>State now</source>
        <translation>Сейчас</translation>
    </message>
    <message>
        <source>The report could not be written. {reason}</source>
        <translation>Не удалось записать отчёт. {reason}</translation>
    </message>
    <message>
        <source>The report was written. It holds no password.</source>
        <translation>Отчёт записан. Паролей в нём нет.</translation>
    </message>
    <message>
        <source>Unreadable messages</source>
        <translation>Нечитаемые сообщения</translation>
    </message>
    <message>
        <source>Waiting for attempt {number}</source>
        <translation>Ожидание попытки {number}</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>Предупреждения и ошибки</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>Что происходит</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>A month</source>
        <translation>Месяц</translation>
    </message>
    <message>
        <source>A year</source>
        <translation>Год</translation>
    </message>
    <message>
        <source>Abonent {number}</source>
        <translation>Абонент {number}</translation>
    </message>
    <message>
        <source>Add note</source>
        <translation>Добавить заметку</translation>
    </message>
    <message>
        <source>Add to contacts…</source>
        <translation>В контакты…</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Все</translation>
    </message>
    <message>
        <source>All calls</source>
        <translation>Все звонки</translation>
    </message>
    <message>
        <source>Call again</source>
        <translation>Позвонить ещё</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>Перезвонить</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Звонки</translation>
    </message>
    <message>
        <source>Calls go on and are kept. It is tried again by itself.</source>
        <translation>Звонки идут и сохранятся. Попытка повторится сама.</translation>
    </message>
    <message>
        <source>Calls written to {file}: {count}</source>
        <translation>Записано звонков в {file}: {count}</translation>
    </message>
    <message>
        <source>Done: {percent} %</source>
        <translation>Готово: {percent} %</translation>
    </message>
    <message>
        <source>Each call stands here from its first ring on.</source>
        <translation>Каждый звонок виден здесь с первого гудка.</translation>
    </message>
    <message>
        <source>Edit note</source>
        <translation>Изменить заметку</translation>
    </message>
    <message>
        <source>Export calls</source>
        <translation>Экспорт звонков</translation>
    </message>
    <message>
        <source>Export history as CSV</source>
        <translation>Экспорт истории в CSV</translation>
    </message>
    <message>
        <source>Exported calls (*.json *.jsonl)</source>
        <translation>Экспортированные звонки (*.json *.jsonl)</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Экспорт…</translation>
    </message>
    <message>
        <source>Files can be written and read as soon as the desk is set up.</source>
        <translation>Файлы можно записывать и читать, когда подключение настроено.</translation>
    </message>
    <message>
        <source>Filter history</source>
        <translation>Поиск в истории</translation>
    </message>
    <message>
        <source>For ever</source>
        <translation>Всегда</translation>
    </message>
    <message>
        <source>For programs and other desks (*.json)</source>
        <translation>Для программ и других рабочих мест (*.json)</translation>
    </message>
    <message>
        <source>Half a year</source>
        <translation>Полгода</translation>
    </message>
    <message>
        <source>History</source>
        <translation>История</translation>
    </message>
    <message>
        <source>History, {count} missed</source>
        <translation>История, пропущено: {count}</translation>
    </message>
    <message>
        <source>Import calls</source>
        <translation>Импорт звонков</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Импорт…</translation>
    </message>
    <message>
        <source>In</source>
        <translation>Вход.</translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation>Входящий звонок</translation>
    </message>
    <message>
        <source>Keep calls</source>
        <translation>Хранить звонки</translation>
    </message>
    <message>
        <source>Lines that are no calls: {count}, the first is line {number}: {reason}</source>
        <translation>Строк без звонков: {count}, первая — строка {number}: {reason}</translation>
    </message>
    <message>
        <source>Menu {name}</source>
        <translation>Меню {name}</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>Пропущ.</translation>
    </message>
    <message>
        <source>Missed call</source>
        <translation>Пропущенный звонок</translation>
    </message>
    <message>
        <source>Missed, not called back today: {count}</source>
        <translation>Пропущенные, сегодня без ответа: {count}</translation>
    </message>
    <message>
        <source>Name, number, queue or note</source>
        <translation>Имя, номер, очередь или заметка</translation>
    </message>
    <message>
        <source>Names, numbers, queues and notes are searched.</source>
        <translation>Поиск идёт по именам, номерам, очередям и заметкам.</translation>
    </message>
    <message>
        <source>New calls: {added} · changed: {updated} · known: {unchanged}</source>
        <translation>Новых звонков: {added} · изменено: {updated} · уже было: {unchanged}</translation>
    </message>
    <message>
        <source>No calls yet</source>
        <translation>Звонков пока нет</translation>
    </message>
    <message>
        <source>No incoming calls</source>
        <translation>Входящих звонков нет</translation>
    </message>
    <message>
        <source>No missed calls</source>
        <translation>Пропущенных звонков нет</translation>
    </message>
    <message>
        <source>No outgoing calls</source>
        <translation>Исходящих звонков нет</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Заметка</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Ничего не найдено</translation>
    </message>
    <message>
        <source>Older calls are removed once a day, and their room on the disk is given back.</source>
        <translation>Более старые звонки удаляются раз в день, место на диске освобождается.</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Исход.</translation>
    </message>
    <message>
        <source>Outgoing call</source>
        <translation>Исходящий звонок</translation>
    </message>
    <message>
        <source>Play recording</source>
        <translation>Прослушать запись</translation>
    </message>
    <message>
        <source>Queue {name}</source>
        <translation>Очередь {name}</translation>
    </message>
    <message>
        <source>Stopped. No file was written.</source>
        <translation>Остановлено. Файл не записан.</translation>
    </message>
    <message>
        <source>Stopped. What was taken in so far stays.</source>
        <translation>Остановлено. Принятое до этого остаётся.</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Таблицы (*.csv)</translation>
    </message>
    <message>
        <source>Take in calls of another desk; nothing that is here is lost</source>
        <translation>Принять звонки другого рабочего места; здешние не пропадут</translation>
    </message>
    <message>
        <source>The file could not be read: {reason}</source>
        <translation>Файл не прочитан: {reason}</translation>
    </message>
    <message>
        <source>The file could not be written: {reason}</source>
        <translation>Файл не записан: {reason}</translation>
    </message>
    <message>
        <source>The list of calls cannot be read now</source>
        <translation>Список звонков сейчас не читается</translation>
    </message>
    <message>
        <source>The note is kept and will be saved when that is possible.</source>
        <translation>Заметка не потеряна и сохранится, как только будет можно.</translation>
    </message>
    <message>
        <source>Three months</source>
        <translation>Три месяца</translation>
    </message>
    <message>
        <source>Three years</source>
        <translation>Три года</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Сегодня</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Неизвестный</translation>
    </message>
    <message>
        <source>Which calls</source>
        <translation>Какие звонки</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Вчера</translation>
    </message>
    <message>
        <source>answered by somebody else</source>
        <translation>ответил кто-то другой</translation>
    </message>
    <message>
        <source>busy</source>
        <translation>занято</translation>
    </message>
    <message>
        <source>called back {time}</source>
        <translation>перезвонили {time}</translation>
    </message>
    <message>
        <source>declined</source>
        <translation>отклонён</translation>
    </message>
    <message>
        <source>end not seen</source>
        <translation>конец неизвестен</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>не удался</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>нет ответа</translation>
    </message>
    <message>
        <source>not called back: {count}</source>
        <translation>ждут звонка: {count}</translation>
    </message>
    <message>
        <source>now</source>
        <translation>сейчас</translation>
    </message>
    <message>
        <source>on hold {time}</source>
        <translation>на удержании {time}</translation>
    </message>
    <message>
        <source>transferred</source>
        <translation>переведён</translation>
    </message>
    <message>
        <source>transferred → {name}</source>
        <translation>переведён → {name}</translation>
    </message>
    <message>
        <source>{number} days</source>
        <translation>Дней: {number}</translation>
    </message>
</context>
<context>
    <name>Integration</name>
    <message>
        <source>A number to look up</source>
        <translation>Номер для проверки</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Адрес</translation>
    </message>
    <message>
        <source>And others: {count}</source>
        <translation>И ещё: {count}</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Запрос отправлен…</translation>
    </message>
    <message>
        <source>By a button</source>
        <translation>По кнопке</translation>
    </message>
    <message>
        <source>CRM and events</source>
        <translation>CRM и события</translation>
    </message>
    <message>
        <source>Call events are not delivered</source>
        <translation>События звонков не доставляются</translation>
    </message>
    <message>
        <source>Calls are not saved in Creatio</source>
        <translation>Звонки не сохраняются в Creatio</translation>
    </message>
    <message>
        <source>Creatio is not used</source>
        <translation>Creatio не используется</translation>
    </message>
    <message>
        <source>Events are signed with it (HMAC-SHA256), so that the receiver can tell who sent them.</source>
        <translation>Им подписываются события (HMAC-SHA256), чтобы получатель знал, от кого они.</translation>
    </message>
    <message>
        <source>Events of calls for other programs</source>
        <translation>События звонков для других программ</translation>
    </message>
    <message>
        <source>Find callers among its contacts and accounts</source>
        <translation>Искать звонящих среди её контактов и контрагентов</translation>
    </message>
    <message>
        <source>Give the events to programs of mine on this computer</source>
        <translation>Отдавать события моим программам на этом компьютере</translation>
    </message>
    <message>
        <source>It answers. Nobody was found under this number.</source>
        <translation>Ответ есть. С этим номером никого не найдено.</translation>
    </message>
    <message>
        <source>It does not accept the login or the password. Check both in the settings.</source>
        <translation>Логин или пароль не подходит. Проверьте их в настройках.</translation>
    </message>
    <message>
        <source>Its password is missing. Enter it in the settings.</source>
        <translation>Нет пароля. Введите его в настройках.</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Ключ</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Логин</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Никогда</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Открывать</translation>
    </message>
    <message>
        <source>Or a program</source>
        <translation>Или программа</translation>
    </message>
    <message>
        <source>Other schemes</source>
        <translation>Другие схемы</translation>
    </message>
    <message>
        <source>Over a local socket, as lines of JSON. Nobody else can read it.</source>
        <translation>Через локальный сокет, строками JSON. Больше никто их не прочтёт.</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <source>Places: {number}, {name}, {direction}, {queue}, {call_id}, {record_id}. {card} alone is the address that a lookup or Creatio has given.</source>
        <translation>Можно вставить: {number}, {name}, {direction}, {queue}, {call_id}, {record_id}. Одно {card} — адрес, который дали поиск или Creatio.</translation>
    </message>
    <message>
        <source>Save each call there as an activity</source>
        <translation>Сохранять там каждый звонок как активность</translation>
    </message>
    <message>
        <source>Send to</source>
        <translation>Отправлять на</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>The caller's card</source>
        <translation>Карточка звонящего</translation>
    </message>
    <message>
        <source>The program, then each argument on a line of its own</source>
        <translation>Программа, затем каждый аргумент на своей строке</translation>
    </message>
    <message>
        <source>There was no answer to use: {reason}</source>
        <translation>Нет пригодного ответа: {reason}</translation>
    </message>
    <message>
        <source>They are kept and sent as soon as that is possible. Calls go on.</source>
        <translation>Они сохранены и уйдут, как только будет можно. Звонки продолжаются.</translation>
    </message>
    <message>
        <source>When I answer</source>
        <translation>Когда отвечаю</translation>
    </message>
    <message>
        <source>When it rings</source>
        <translation>Когда звонит</translation>
    </message>
</context>
<context>
    <name>Journal</name>
    <message>
        <source>Calls cannot be saved because of a defect in this program. Calls go on.</source>
        <translation>Звонки не сохраняются из-за ошибки в этой программе. Разговоры продолжаются.</translation>
    </message>
    <message>
        <source>Calls cannot be saved. Look into the diagnostics.</source>
        <translation>Звонки не сохраняются. Посмотрите в диагностике.</translation>
    </message>
    <message>
        <source>Calls cannot be saved: another program is using the list of calls.</source>
        <translation>Звонки не сохраняются: список звонков занят другой программой.</translation>
    </message>
    <message>
        <source>Calls cannot be saved: the disk does not answer.</source>
        <translation>Звонки не сохраняются: диск не отвечает.</translation>
    </message>
    <message>
        <source>Calls cannot be saved: the list of calls is of a newer version. Update this program.</source>
        <translation>Звонки не сохраняются: список звонков от более новой версии. Обновите программу.</translation>
    </message>
    <message>
        <source>Calls cannot be saved: this program may not write into its folder.</source>
        <translation>Звонки не сохраняются: нет права писать в папку программы.</translation>
    </message>
    <message>
        <source>Calls go on; they are kept and will be saved when that is possible.</source>
        <translation>Разговоры продолжаются; звонки сохранятся, когда это станет возможно.</translation>
    </message>
    <message>
        <source>The disk does not take the calls: it may be full or broken.</source>
        <translation>Диск не принимает звонки: он заполнен или неисправен.</translation>
    </message>
    <message>
        <source>The disk is full: calls cannot be saved. Make room on it.</source>
        <translation>Диск заполнен: звонки не сохраняются. Освободите место.</translation>
    </message>
    <message>
        <source>The list of calls was damaged and a new one was begun. The old file is kept: {file}</source>
        <translation>Список звонков был повреждён, начат новый. Старый файл сохранён: {file}</translation>
    </message>
</context>
<context>
    <name>Model</name>
    <message>
        <source>A part of this program failed over an event. Calls go on; restart it if something looks wrong.</source>
        <translation>Сбой в части программы. Разговоры продолжаются; если что-то выглядит неверно, перезапустите её.</translation>
    </message>
    <message>
        <source>It ended while there was no connection to the PBX.</source>
        <translation>Он закончился, пока не было связи с АТС.</translation>
    </message>
    <message>
        <source>Nobody with this number is in the conference.</source>
        <translation>В конференции нет никого с этим номером.</translation>
    </message>
    <message>
        <source>Only the tones 0 to 9, * and # can be sent.</source>
        <translation>Можно передать только тоны 0–9, * и #.</translation>
    </message>
    <message>
        <source>Something in this program failed. Calls go on.</source>
        <translation>Сбой в программе. Разговоры продолжаются.</translation>
    </message>
    <message>
        <source>The connection to the PBX was lost during the call.</source>
        <translation>Во время звонка пропала связь с АТС.</translation>
    </message>
    <message>
        <source>There is no call for a picture.</source>
        <translation>Нет звонка для видео.</translation>
    </message>
    <message>
        <source>There is no call to answer.</source>
        <translation>Не на что отвечать.</translation>
    </message>
    <message>
        <source>There is no call to consult about.</source>
        <translation>Нет звонка для консультации.</translation>
    </message>
    <message>
        <source>There is no call to end.</source>
        <translation>Нет звонка для завершения.</translation>
    </message>
    <message>
        <source>There is no call to mute.</source>
        <translation>Нет звонка: выключать микрофон не нужно.</translation>
    </message>
    <message>
        <source>There is no call to put on hold.</source>
        <translation>Нет звонка для удержания.</translation>
    </message>
    <message>
        <source>There is no call to send tones in.</source>
        <translation>Нет звонка для тонов.</translation>
    </message>
    <message>
        <source>There is no call to transfer.</source>
        <translation>Нет звонка для перевода.</translation>
    </message>
    <message>
        <source>There is no connection to the PBX.</source>
        <translation>Нет связи с АТС.</translation>
    </message>
    <message>
        <source>There is no consultation.</source>
        <translation>Нет консультации.</translation>
    </message>
    <message>
        <source>ctidesk was closed during the call.</source>
        <translation>ctidesk закрыли во время звонка.</translation>
    </message>
</context>
<context>
    <name>Number</name>
    <message>
        <source>A plus sign can only stand at the beginning of a number.</source>
        <translation>Плюс может стоять только в начале номера.</translation>
    </message>
    <message>
        <source>Enter a number.</source>
        <translation>Введите номер.</translation>
    </message>
    <message>
        <source>The number has characters that cannot be dialled. Enter digits, +, * or # only.</source>
        <translation>В номере есть знаки, которые нельзя набрать. Вводите только цифры, +, * или #.</translation>
    </message>
    <message>
        <source>The number has letters. Enter digits, +, * or # only.</source>
        <translation>В номере есть буквы. Вводите только цифры, +, * или #.</translation>
    </message>
    <message>
        <source>The number is too long.</source>
        <translation>Номер слишком длинный.</translation>
    </message>
    <message>
        <source>This address names no phone number.</source>
        <translation>В этом адресе нет номера телефона.</translation>
    </message>
    <message>
        <source>This is not the address of a phone number.</source>
        <translation>Это не адрес телефонного номера.</translation>
    </message>
</context>
<context>
    <name>Oktell</name>
    <message>
        <source>After-call work</source>
        <translation>Обработка звонка</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>Перерыв</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>Не беспокоить</translation>
    </message>
    <message>
        <source>No secure connection could be made. Check whether this port uses TLS.</source>
        <translation>Не удалось создать защищённое соединение. Проверьте, работает ли этот порт по TLS.</translation>
    </message>
    <message>
        <source>Nobody is on hold.</source>
        <translation>На удержании никого нет.</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Не в сети</translation>
    </message>
    <message>
        <source>Phone not connected</source>
        <translation>Телефон не подключён</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Готов</translation>
    </message>
    <message>
        <source>Ready, calls by hand</source>
        <translation>Готов, набор вручную</translation>
    </message>
    <message>
        <source>Redirect</source>
        <translation>Переадресация</translation>
    </message>
    <message>
        <source>Something answers at this address, but it is no Oktell PBX. Check the address.</source>
        <translation>По этому адресу отвечает не АТС Oktell. Проверьте адрес.</translation>
    </message>
    <message>
        <source>Something in this program failed. Calls go on.</source>
        <translation>Сбой в программе. Разговоры продолжаются.</translation>
    </message>
    <message>
        <source>The Oktell desktop client is already logged in with this name. Close it there.</source>
        <translation>Под этим именем уже работает настольный клиент Oktell. Закройте его там.</translation>
    </message>
    <message>
        <source>The PBX answered, but the line could not be opened. The next attempt follows by itself.</source>
        <translation>АТС ответила, но линия не открылась. Следующая попытка будет сама.</translation>
    </message>
    <message>
        <source>The PBX cannot be reached. The next attempt follows by itself.</source>
        <translation>АТС недоступна. Следующая попытка будет сама.</translation>
    </message>
    <message>
        <source>The PBX does not accept this login or password. Correct them and connect again.</source>
        <translation>АТС не принимает этот логин или пароль. Исправьте их и подключитесь снова.</translation>
    </message>
    <message>
        <source>The PBX does not log you in and does not say why. Ask your administrator.</source>
        <translation>АТС не пускает вас и не говорит почему. Обратитесь к администратору.</translation>
    </message>
    <message>
        <source>The PBX has forgotten this login. Enter the password and connect again.</source>
        <translation>АТС забыла этот вход. Введите пароль и подключитесь снова.</translation>
    </message>
    <message>
        <source>The PBX has not answered in time. Look at the call and try again.</source>
        <translation>АТС не ответила вовремя. Посмотрите на звонок и попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>The PBX has not switched to the held caller. Try again.</source>
        <translation>АТС не переключилась на абонента на удержании. Попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>The PBX has refused. Try again or ask your administrator.</source>
        <translation>АТС отказала. Попробуйте ещё раз или обратитесь к администратору.</translation>
    </message>
    <message>
        <source>The PBX hung up during the login. Try again; then ask your administrator.</source>
        <translation>АТС прервала вход. Попробуйте ещё раз, затем обратитесь к администратору.</translation>
    </message>
    <message>
        <source>The PBX is not ready yet. The next attempt follows by itself.</source>
        <translation>АТС ещё не готова. Следующая попытка будет сама.</translation>
    </message>
    <message>
        <source>The PBX is not ready yet. Try again in a minute.</source>
        <translation>АТС ещё не готова. Попробуйте через минуту.</translation>
    </message>
    <message>
        <source>The PBX let you in, but did not tell the state of your line. Try again; if it stays so, ask your administrator.</source>
        <translation>АТС пустила вас, но не сообщила состояние линии. Попробуйте ещё раз; если не поможет, обратитесь к администратору.</translation>
    </message>
    <message>
        <source>The PBX licence allows no more users now. Ask your administrator.</source>
        <translation>Лицензия АТС не допускает больше пользователей. Обратитесь к администратору.</translation>
    </message>
    <message>
        <source>The PBX refuses this call. Check the number.</source>
        <translation>АТС отклоняет этот звонок. Проверьте номер.</translation>
    </message>
    <message>
        <source>The call has ended. There is nothing to answer.</source>
        <translation>Звонок закончился. Отвечать не на что.</translation>
    </message>
    <message>
        <source>The server address is missing or wrong. Correct it and connect again.</source>
        <translation>Адрес сервера не указан или неверен. Исправьте его и подключитесь снова.</translation>
    </message>
    <message>
        <source>The server does not let this computer in. Ask your administrator.</source>
        <translation>Сервер не пускает этот компьютер. Обратитесь к администратору.</translation>
    </message>
    <message>
        <source>The server refuses the connection. Check the address and the port.</source>
        <translation>Сервер отклоняет соединение. Проверьте адрес и порт.</translation>
    </message>
    <message>
        <source>The server's certificate cannot be trusted, so nothing was sent. Ask your administrator for the right address or certificate file.</source>
        <translation>Сертификату сервера нельзя доверять, поэтому ничего не отправлено. Попросите у администратора верный адрес или файл сертификата.</translation>
    </message>
    <message>
        <source>The server's name was not found. Check the address and the network.</source>
        <translation>Имя сервера не найдено. Проверьте адрес и сеть.</translation>
    </message>
    <message>
        <source>There is a call on hold already. Complete or cancel that first.</source>
        <translation>На удержании уже есть звонок. Сначала завершите или отмените его.</translation>
    </message>
    <message>
        <source>There is no connection to the PBX. Wait until it is back.</source>
        <translation>Нет связи с АТС. Подождите, пока она вернётся.</translation>
    </message>
    <message>
        <source>There is no number to redirect to. Enter one.</source>
        <translation>Нет номера для переадресации. Введите его.</translation>
    </message>
    <message>
        <source>There is no number. Enter one.</source>
        <translation>Нет номера. Введите его.</translation>
    </message>
    <message>
        <source>There is no password. Enter it and connect again.</source>
        <translation>Нет пароля. Введите его и подключитесь снова.</translation>
    </message>
    <message>
        <source>There is no talk to transfer. Answer first.</source>
        <translation>Нет разговора для перевода. Сначала ответьте.</translation>
    </message>
    <message>
        <source>This PBX is too old for that. Ask your administrator.</source>
        <translation>Эта АТС слишком старая для этого. Обратитесь к администратору.</translation>
    </message>
    <message>
        <source>This state cannot be chosen.</source>
        <translation>Это состояние нельзя выбрать.</translation>
    </message>
    <message>
        <source>You are in a conference. Leave it first.</source>
        <translation>Вы в конференции. Сначала выйдите из неё.</translation>
    </message>
    <message>
        <source>You are talking with this number already.</source>
        <translation>Вы уже говорите с этим номером.</translation>
    </message>
    <message>
        <source>Your line is busy with another call. End that one first.</source>
        <translation>Ваша линия занята другим звонком. Сначала завершите его.</translation>
    </message>
    <message>
        <source>Your phone cannot be answered from here. Pick it up by hand.</source>
        <translation>Ответить отсюда на вашем телефоне нельзя. Снимите трубку.</translation>
    </message>
    <message>
        <source>Your phone is not connected to the PBX. Check the phone.</source>
        <translation>Ваш телефон не подключён к АТС. Проверьте телефон.</translation>
    </message>
    <message>
        <source>Your phone is not registered at the PBX. Switch it on, check its cable and its login, or ask your administrator.</source>
        <translation>Ваш телефон не зарегистрирован на АТС. Включите его, проверьте кабель и логин или обратитесь к администратору.</translation>
    </message>
    <message>
        <source>Your state is busy. Become ready first.</source>
        <translation>Вы заняты. Сначала станьте готовым.</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>A supervisor cannot invite others</source>
        <translation>Супервизор не может приглашать других</translation>
    </message>
    <message>
        <source>Abonent</source>
        <translation>Абонент</translation>
    </message>
    <message>
        <source>Abonents</source>
        <translation>Абоненты</translation>
    </message>
    <message>
        <source>Add to conference</source>
        <translation>В конференцию</translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation>Добавить в избранное</translation>
    </message>
    <message>
        <source>Add to the conference…</source>
        <translation>Добавить в конференцию…</translation>
    </message>
    <message>
        <source>Agent state</source>
        <translation>Состояние оператора</translation>
    </message>
    <message>
        <source>Agent state: {state}</source>
        <translation>Состояние оператора: {state}</translation>
    </message>
    <message>
        <source>All hear each other</source>
        <translation>Все слышат друг друга</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Ответить</translation>
    </message>
    <message>
        <source>Ask first</source>
        <translation>Сначала спросить</translation>
    </message>
    <message>
        <source>Barge</source>
        <translation>Вмеш.</translation>
    </message>
    <message>
        <source>Barge in</source>
        <translation>Вмешаться</translation>
    </message>
    <message>
        <source>Barged in</source>
        <translation>Вы в разговоре</translation>
    </message>
    <message>
        <source>Best matches</source>
        <translation>Лучшие совпадения</translation>
    </message>
    <message>
        <source>Both sides hear you.</source>
        <translation>Вас слышат обе стороны.</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Занято</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Позвонить</translation>
    </message>
    <message>
        <source>Call again</source>
        <translation>Позвонить ещё раз</translation>
    </message>
    <message>
        <source>Call centre</source>
        <translation>Колл-центр</translation>
    </message>
    <message>
        <source>Call ended: {whom}</source>
        <translation>Звонок завершён: {whom}</translation>
    </message>
    <message>
        <source>Call, their phone first</source>
        <translation>Позвонить, сначала абоненту</translation>
    </message>
    <message>
        <source>Callers who wait for an operator stand here.</source>
        <translation>Здесь стоят те, кто ждёт оператора.</translation>
    </message>
    <message>
        <source>Calling</source>
        <translation>Вызов</translation>
    </message>
    <message>
        <source>Calling: {whom}</source>
        <translation>Вызов: {whom}</translation>
    </message>
    <message>
        <source>Calls cannot be saved now</source>
        <translation>Звонки сейчас не сохраняются</translation>
    </message>
    <message>
        <source>Calls may ring at your phone but not here.</source>
        <translation>Звонки могут приходить на телефон, но не сюда.</translation>
    </message>
    <message>
        <source>Calls may ring at your phone but not here. Connecting…</source>
        <translation>Звонки могут приходить на телефон, но не сюда. Подключение…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Cancel, back to caller</source>
        <translation>Отмена, назад к звонящему</translation>
    </message>
    <message>
        <source>Choose in the menu what to do with this person</source>
        <translation>Выберите в меню, что сделать с этим абонентом</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Очистить</translation>
    </message>
    <message>
        <source>Complete transfer</source>
        <translation>Завершить перевод</translation>
    </message>
    <message>
        <source>Conf.</source>
        <translation>Конф.</translation>
    </message>
    <message>
        <source>Conference</source>
        <translation>Конференция</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Подключиться</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Подключение…</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Соединение</translation>
    </message>
    <message>
        <source>Connection: connected to the PBX</source>
        <translation>Соединение: есть связь с АТС</translation>
    </message>
    <message>
        <source>Connection: connecting…</source>
        <translation>Соединение: подключение…</translation>
    </message>
    <message>
        <source>Connection: none, waiting for the next attempt. Click to reconnect now</source>
        <translation>Соединение: нет, ожидание следующей попытки. Нажмите, чтобы подключиться сейчас</translation>
    </message>
    <message>
        <source>Connection: none. Click to reconnect</source>
        <translation>Соединение: нет. Нажмите, чтобы подключиться</translation>
    </message>
    <message>
        <source>Cons.</source>
        <translation>Конс.</translation>
    </message>
    <message>
        <source>Consult</source>
        <translation>Консультация</translation>
    </message>
    <message>
        <source>Consult with…</source>
        <translation>С кем консультация…</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Контакт</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Copy number</source>
        <translation>Копировать номер</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Отклонить</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Подробнее</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Отбой</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Enter a number or a name first</source>
        <translation>Сначала введите номер или имя</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>Избранное</translation>
    </message>
    <message>
        <source>Hidden number</source>
        <translation>Номер скрыт</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Скрыть</translation>
    </message>
    <message>
        <source>Hide keypad</source>
        <translation>Скрыть клавиши</translation>
    </message>
    <message>
        <source>History</source>
        <translation>История</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Удержать</translation>
    </message>
    <message>
        <source>In a conference</source>
        <translation>В конференции</translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation>Входящий звонок</translation>
    </message>
    <message>
        <source>Intercom</source>
        <translation>Интерком</translation>
    </message>
    <message>
        <source>Keypad</source>
        <translation>Клавиши</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Клав.</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Выйти</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>Слушать</translation>
    </message>
    <message>
        <source>Listen in</source>
        <translation>Прослушать</translation>
    </message>
    <message>
        <source>Listening in</source>
        <translation>Прослушивание</translation>
    </message>
    <message>
        <source>Login or password refused</source>
        <translation>Логин или пароль не приняты</translation>
    </message>
    <message>
        <source>Longest wait</source>
        <translation>Дольше всех</translation>
    </message>
    <message>
        <source>Mic</source>
        <translation>Микр.</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Выкл. микр.</translation>
    </message>
    <message>
        <source>Mute ring</source>
        <translation>Выключить сигнал</translation>
    </message>
    <message>
        <source>Next attempt in {seconds} s · attempt {number}</source>
        <translation>Следующая попытка через {seconds} с · попытка {number}</translation>
    </message>
    <message>
        <source>No abonents</source>
        <translation>Нет абонентов</translation>
    </message>
    <message>
        <source>No abonents yet</source>
        <translation>Абонентов пока нет</translation>
    </message>
    <message>
        <source>No connection to the PBX</source>
        <translation>Нет связи с АТС</translation>
    </message>
    <message>
        <source>No sound comes from the other side</source>
        <translation>Со стороны собеседника нет звука</translation>
    </message>
    <message>
        <source>Nobody found</source>
        <translation>Никто не найден</translation>
    </message>
    <message>
        <source>Nobody hears you.</source>
        <translation>Вас никто не слышит.</translation>
    </message>
    <message>
        <source>Nobody waits</source>
        <translation>Никто не ждёт</translation>
    </message>
    <message>
        <source>Not confirmed</source>
        <translation>Не подтверждено</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Нет связи</translation>
    </message>
    <message>
        <source>Note for colleagues</source>
        <translation>Заметка для коллег</translation>
    </message>
    <message>
        <source>Nothing was copied. Copy a number first.</source>
        <translation>Ничего не скопировано. Сначала скопируйте номер.</translation>
    </message>
    <message>
        <source>Number or name</source>
        <translation>Номер или имя</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>На удержании</translation>
    </message>
    <message>
        <source>Other keyboard layout, “{text}”: nothing</source>
        <translation>Другая раскладка, «{text}»: ничего</translation>
    </message>
    <message>
        <source>Other keyboard layout: “{text}”</source>
        <translation>Другая раскладка: «{text}»</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Другие</translation>
    </message>
    <message>
        <source>Participants: {count}</source>
        <translation>Участники: {count}</translation>
    </message>
    <message>
        <source>Pick up your phone to answer</source>
        <translation>Снимите трубку, чтобы ответить</translation>
    </message>
    <message>
        <source>Press Enter to use this number.</source>
        <translation>Нажмите Enter, чтобы взять этот номер.</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Очередь</translation>
    </message>
    <message>
        <source>Queue, {count} waiting</source>
        <translation>Очередь, ждут: {count}</translation>
    </message>
    <message>
        <source>Ready agents</source>
        <translation>Готовы</translation>
    </message>
    <message>
        <source>Rec.</source>
        <translation>Запись</translation>
    </message>
    <message>
        <source>Reconnect</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Reconnect now</source>
        <translation>Подключиться сейчас</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Запись</translation>
    </message>
    <message>
        <source>Redirect calls to number…</source>
        <translation>На какой номер…</translation>
    </message>
    <message>
        <source>Remove from favourites</source>
        <translation>Убрать из избранного</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>Звонит</translation>
    </message>
    <message>
        <source>Send out</source>
        <translation>Отключить</translation>
    </message>
    <message>
        <source>Send out of the conference: {name}</source>
        <translation>Отключить от конференции: {name}</translation>
    </message>
    <message>
        <source>Send to…</source>
        <translation>Передать…</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Shift Enter</source>
        <translation>Shift Enter</translation>
    </message>
    <message>
        <source>Sound: {codec} · loss {loss} % · jitter {jitter} ms</source>
        <translation>Звук: {codec} · потери {loss} % · джиттер {jitter} мс</translation>
    </message>
    <message>
        <source>State not known</source>
        <translation>Состояние неизвестно</translation>
    </message>
    <message>
        <source>Supervising</source>
        <translation>Контроль</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>Поменять</translation>
    </message>
    <message>
        <source>Talk together</source>
        <translation>Говорить вместе</translation>
    </message>
    <message>
        <source>Talking</source>
        <translation>Разговор</translation>
    </message>
    <message>
        <source>The PBX allows nothing with this person now</source>
        <translation>Сейчас АТС ничего не разрешает с этим абонентом</translation>
    </message>
    <message>
        <source>The PBX does not allow this now</source>
        <translation>АТС сейчас этого не разрешает</translation>
    </message>
    <message>
        <source>The PBX does not say who hears you. Choose it anew.</source>
        <translation>АТС не сообщает, кто вас слышит. Выберите ещё раз.</translation>
    </message>
    <message>
        <source>The PBX has ended the connection. It is not tried again by itself.</source>
        <translation>АТС закрыла соединение. Само оно не восстановится.</translation>
    </message>
    <message>
        <source>The PBX has given no list of its people.</source>
        <translation>АТС не дала списка абонентов.</translation>
    </message>
    <message>
        <source>The PBX has not said yet</source>
        <translation>АТС ещё не сообщила</translation>
    </message>
    <message>
        <source>The caller waits on hold</source>
        <translation>Звонящий ждёт</translation>
    </message>
    <message>
        <source>The settings of the connection are wrong</source>
        <translation>Неверные настройки соединения</translation>
    </message>
    <message>
        <source>The web phone is not connected</source>
        <translation>Веб-телефон не подключён</translation>
    </message>
    <message>
        <source>They come with the connection to the PBX.</source>
        <translation>Они появятся при подключении к АТС.</translation>
    </message>
    <message>
        <source>This could not be done</source>
        <translation>Не удалось</translation>
    </message>
    <message>
        <source>Tones sent</source>
        <translation>Отправленные тоны</translation>
    </message>
    <message>
        <source>Transf.</source>
        <translation>Перев.</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>Перевести</translation>
    </message>
    <message>
        <source>Transfer call now</source>
        <translation>Перевести сразу</translation>
    </message>
    <message>
        <source>Transfer now</source>
        <translation>Перевести сразу</translation>
    </message>
    <message>
        <source>Transfer to…</source>
        <translation>Кому перевести…</translation>
    </message>
    <message>
        <source>Unknown caller</source>
        <translation>Неизвестный абонент</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Вкл. микр.</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Ждут</translation>
    </message>
    <message>
        <source>Waiting callers</source>
        <translation>Ожидающие</translation>
    </message>
    <message>
        <source>Whisper</source>
        <translation>Подсказать</translation>
    </message>
    <message>
        <source>Whisper to agent</source>
        <translation>Подсказать оператору</translation>
    </message>
    <message>
        <source>Whispering</source>
        <translation>Подсказка</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Вы</translation>
    </message>
    <message>
        <source>You are heard by: {name}. The caller does not hear you.</source>
        <translation>Вас слышит: {name}. Звонящий вас не слышит.</translation>
    </message>
    <message>
        <source>You are not talking in this call</source>
        <translation>В этом звонке вы не говорите</translation>
    </message>
    <message>
        <source>You are on a break until you choose to be ready again.</source>
        <translation>Вы на перерыве, пока снова не выберете «Готов».</translation>
    </message>
    <message>
        <source>You leave the call</source>
        <translation>Вы выходите из разговора</translation>
    </message>
    <message>
        <source>You return to the caller</source>
        <translation>Вы вернётесь к звонящему</translation>
    </message>
    <message>
        <source>Your conversation goes on at the phone. Controls return with the connection.</source>
        <translation>Разговор продолжается на телефоне. Кнопки вернутся вместе со связью.</translation>
    </message>
    <message>
        <source>Your phone rings as soon as somebody answers there.</source>
        <translation>Ваш телефон зазвонит, когда там ответят.</translation>
    </message>
    <message>
        <source>Your phone rings first: pick it up.</source>
        <translation>Сначала зазвонит ваш телефон: снимите трубку.</translation>
    </message>
    <message>
        <source>add</source>
        <translation>добавить</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>и ещё {count}</translation>
    </message>
    <message>
        <source>call</source>
        <translation>позвонить</translation>
    </message>
    <message>
        <source>call ringing</source>
        <translation>звонит</translation>
    </message>
    <message>
        <source>calling</source>
        <translation>вызов</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>выбрать</translation>
    </message>
    <message>
        <source>clear</source>
        <translation>очистить</translation>
    </message>
    <message>
        <source>code {code}</source>
        <translation>код {code}</translation>
    </message>
    <message>
        <source>consult</source>
        <translation>консультация</translation>
    </message>
    <message>
        <source>consultation</source>
        <translation>консультация</translation>
    </message>
    <message>
        <source>drop to choose</source>
        <translation>отпустите на нужном</translation>
    </message>
    <message>
        <source>in a call</source>
        <translation>разговор</translation>
    </message>
    <message>
        <source>incoming</source>
        <translation>входящий</translation>
    </message>
    <message>
        <source>line {number}</source>
        <translation>линия {number}</translation>
    </message>
    <message>
        <source>menu</source>
        <translation>меню</translation>
    </message>
    <message>
        <source>menu {name}</source>
        <translation>меню {name}</translation>
    </message>
    <message>
        <source>outgoing</source>
        <translation>исходящий</translation>
    </message>
    <message>
        <source>queue {name}</source>
        <translation>очередь {name}</translation>
    </message>
    <message>
        <source>transfer</source>
        <translation>перевести</translation>
    </message>
    <message>
        <source>was on hold</source>
        <translation>был на удержании</translation>
    </message>
    <message>
        <source>was ringing</source>
        <translation>звонил</translation>
    </message>
    <message>
        <source>was talking</source>
        <translation>был разговор</translation>
    </message>
    <message>
        <source>you leave the call</source>
        <translation>вы отключитесь</translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation>ждут: {count}</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} мин</translation>
    </message>
    <message>
        <source>{ready} of {all}</source>
        <translation>{ready} из {all}</translation>
    </message>
    <message>
        <source>{state}…</source>
        <translation>{state}…</translation>
    </message>
</context>
<context>
    <name>Popup</name>
    <message>
        <source>Abonent</source>
        <translation>Абонент</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Ответить</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>Перезвонить</translation>
    </message>
    <message>
        <source>Copy number</source>
        <translation>Копировать номер</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Отклонить</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Earlier calls: {count}</source>
        <translation>Звонков раньше: {count}</translation>
    </message>
    <message>
        <source>Earlier: {count}</source>
        <translation>Раньше: {count}</translation>
    </message>
    <message>
        <source>Hidden number</source>
        <translation>Номер скрыт</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Скрыть</translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation>Входящий звонок</translation>
    </message>
    <message>
        <source>It cannot be answered from here.</source>
        <translation>Отсюда ответить нельзя.</translation>
    </message>
    <message>
        <source>Line {number}</source>
        <translation>Линия {number}</translation>
    </message>
    <message>
        <source>Looking the caller up…</source>
        <translation>Поиск звонящего…</translation>
    </message>
    <message>
        <source>Menu {name}</source>
        <translation>Меню {name}</translation>
    </message>
    <message>
        <source>Missed call</source>
        <translation>Пропущенный</translation>
    </message>
    <message>
        <source>Missed calls: {count}</source>
        <translation>Пропущено звонков: {count}</translation>
    </message>
    <message>
        <source>More calls: {count}</source>
        <translation>Ещё звонков: {count}</translation>
    </message>
    <message>
        <source>Mute ring for this call</source>
        <translation>Выключить сигнал для этого звонка</translation>
    </message>
    <message>
        <source>No connection to the PBX</source>
        <translation>Нет связи с АТС</translation>
    </message>
    <message>
        <source>Other number…</source>
        <translation>Другой номер…</translation>
    </message>
    <message>
        <source>Pick up your phone to answer</source>
        <translation>Снимите трубку, чтобы ответить</translation>
    </message>
    <message>
        <source>Queue {name}</source>
        <translation>Очередь {name}</translation>
    </message>
    <message>
        <source>Second call</source>
        <translation>Второй звонок</translation>
    </message>
    <message>
        <source>Send to…</source>
        <translation>Передать…</translation>
    </message>
    <message>
        <source>The number is hidden</source>
        <translation>Номер скрыт</translation>
    </message>
    <message>
        <source>This call can be sent on once it is answered</source>
        <translation>Передать можно после ответа</translation>
    </message>
    <message>
        <source>This call cannot be declined from here</source>
        <translation>Этот звонок нельзя отклонить отсюда</translation>
    </message>
    <message>
        <source>Transferred by: {name}</source>
        <translation>Перевод: {name}</translation>
    </message>
    <message>
        <source>Unknown caller</source>
        <translation>Неизвестный абонент</translation>
    </message>
    <message>
        <source>last {day}, {time}</source>
        <translation>последний {day}, {time}</translation>
    </message>
    <message>
        <source>queue {name}</source>
        <translation>очередь {name}</translation>
    </message>
    <message>
        <source>rang {time}</source>
        <translation>ждал {time}</translation>
    </message>
</context>
<context>
    <name>Presence</name>
    <message>
        <source>After-call work</source>
        <translation>Обработка звонка</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>Перерыв</translation>
    </message>
    <message>
        <source>Caller on hold</source>
        <translation>Абонент на удержании</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>Не беспокоить</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Не в сети</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Готов</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>Звонит</translation>
    </message>
    <message>
        <source>State not known</source>
        <translation>Состояние неизвестно</translation>
    </message>
    <message>
        <source>Talking</source>
        <translation>Разговор</translation>
    </message>
</context>
<context>
    <name>Probe</name>
    <message>
        <source>Connected</source>
        <translation>Подключено</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Соединение</translation>
    </message>
    <message>
        <source>Connection not secure</source>
        <translation>Соединение не защищено</translation>
    </message>
    <message>
        <source>Line is ready</source>
        <translation>Линия готова</translation>
    </message>
    <message>
        <source>Line not usable</source>
        <translation>Линия не работает</translation>
    </message>
    <message>
        <source>Line state</source>
        <translation>Состояние линии</translation>
    </message>
    <message>
        <source>Logged in</source>
        <translation>Вход выполнен</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Вход</translation>
    </message>
    <message>
        <source>Login refused</source>
        <translation>Вход не разрешён</translation>
    </message>
    <message>
        <source>Name found</source>
        <translation>Имя найдено</translation>
    </message>
    <message>
        <source>No PBX has been chosen yet. Choose one in the settings.</source>
        <translation>АТС ещё не выбрана. Выберите её в настройках.</translation>
    </message>
    <message>
        <source>No PBX there</source>
        <translation>Там нет АТС</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>Нет соединения</translation>
    </message>
    <message>
        <source>Nobody answers at {host}, port {port}. Check the address; the server may be off, or a firewall in between.</source>
        <translation>{host}, порт {port}: никто не отвечает. Проверьте адрес; сервер может быть выключен или закрыт брандмауэром.</translation>
    </message>
    <message>
        <source>PBX</source>
        <translation>АТС</translation>
    </message>
    <message>
        <source>PBX answers</source>
        <translation>АТС отвечает</translation>
    </message>
    <message>
        <source>Port {port} does not speak TLS. Check the port, or write ws:// instead of wss://.</source>
        <translation>Порт {port} не работает по TLS. Проверьте порт или напишите ws:// вместо wss://.</translation>
    </message>
    <message>
        <source>Port {port} takes the connection, but says nothing. Check the port, and whether it is ws:// or wss://.</source>
        <translation>Порт {port} принимает соединение, но молчит. Проверьте порт и что нужно: ws:// или wss://.</translation>
    </message>
    <message>
        <source>Server name</source>
        <translation>Имя сервера</translation>
    </message>
    <message>
        <source>Server not found</source>
        <translation>Сервер не найден</translation>
    </message>
    <message>
        <source>Something answers on port {port}, but it is another kind of server. Check PBX and port.</source>
        <translation>На порту {port} отвечает другой сервер. Проверьте вид АТС и порт.</translation>
    </message>
    <message>
        <source>Something answers on port {port}, but it is no PBX. Check the port and the address.</source>
        <translation>На порту {port} отвечает не АТС. Проверьте порт и адрес.</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>The address cannot be used. Check it for a typing mistake.</source>
        <translation>Этот адрес не годится. Проверьте, нет ли опечатки.</translation>
    </message>
    <message>
        <source>The computer {host} is there, but nothing listens on port {port}. Check the port, and whether the PBX is running.</source>
        <translation>Компьютер {host} есть, но порт {port} закрыт. Проверьте порт и работает ли АТС.</translation>
    </message>
    <message>
        <source>The demo PBX is a part of this program. It needs no test.</source>
        <translation>Демонстрационная АТС — часть программы. Проверять её не нужно.</translation>
    </message>
    <message>
        <source>The look-up of {host} takes too long. Check the network.</source>
        <translation>{host}: поиск имени идёт слишком долго. Проверьте сеть.</translation>
    </message>
    <message>
        <source>The name {host} was not found. Check it for a typing mistake, and check the network.</source>
        <translation>{host}: имя не найдено. Проверьте, нет ли опечатки, и сеть.</translation>
    </message>
    <message>
        <source>The proxy does not let the connection through. Check its address, or do without.</source>
        <translation>Прокси не пропускает соединение. Проверьте его адрес или обойдитесь без него.</translation>
    </message>
    <message>
        <source>The server answers that it is not ready. Try again in a minute.</source>
        <translation>Сервер отвечает, что не готов. Попробуйте через минуту.</translation>
    </message>
    <message>
        <source>The server does not let this computer in. Ask your administrator.</source>
        <translation>Сервер не пускает этот компьютер. Обратитесь к администратору.</translation>
    </message>
    <message>
        <source>The server hangs up at once. Check the port, and whether it needs wss:// instead of ws://.</source>
        <translation>Сервер сразу разрывает соединение. Проверьте порт и не нужен ли wss:// вместо ws://.</translation>
    </message>
    <message>
        <source>The server vouches for itself: its certificate is self-signed. Ask your administrator for the certificate file and choose it as your own CA file.</source>
        <translation>Сертификат сервера самоподписанный. Попросите у администратора файл сертификата и выберите его как свой файл CA.</translation>
    </message>
    <message>
        <source>The server's certificate cannot be trusted, so nothing was sent. Ask your administrator for the right address or certificate file.</source>
        <translation>Сертификату сервера нельзя доверять, поэтому ничего не отправлено. Попросите у администратора верный адрес или файл сертификата.</translation>
    </message>
    <message>
        <source>The server's certificate has expired. Check the date of this computer; if it is right, ask your administrator to renew the certificate.</source>
        <translation>Срок сертификата сервера истёк. Проверьте дату на компьютере; если она верна, попросите администратора обновить сертификат.</translation>
    </message>
    <message>
        <source>The server's certificate is for another name than {host}. Use the name that the certificate is for, or ask your administrator.</source>
        <translation>Сертификат сервера выдан не для имени {host}. Укажите имя из сертификата или обратитесь к администратору.</translation>
    </message>
    <message>
        <source>The server's certificate is not valid yet. Check the date and time of this computer.</source>
        <translation>Срок сертификата сервера ещё не начался. Проверьте дату и время на компьютере.</translation>
    </message>
    <message>
        <source>There is no way to {host}. Check the network, the cable or the VPN.</source>
        <translation>Нет пути к {host}. Проверьте сеть, кабель или VPN.</translation>
    </message>
    <message>
        <source>This computer does not know who issued the server's certificate. Ask your administrator for the certificate file and choose it as your own CA file.</source>
        <translation>Компьютер не знает, кто выдал сертификат сервера. Попросите у администратора файл сертификата и выберите его как свой файл CA.</translation>
    </message>
    <message>
        <source>Your own CA file cannot be used. Choose a file with certificates (PEM).</source>
        <translation>Ваш файл CA не годится. Выберите файл с сертификатами (PEM).</translation>
    </message>
    <message>
        <source>proxy {host}, port {port}</source>
        <translation>прокси {host}, порт {port}</translation>
    </message>
    <message>
        <source>{host}, port {port}</source>
        <translation>{host}, порт {port}</translation>
    </message>
    <message>
        <source>{name}, issued by {issuer}, to {date}</source>
        <translation>{name}, выдан: {issuer}, до {date}</translation>
    </message>
</context>
<context>
    <name>Provider</name>
    <message>
        <source>This PBX has no such command.</source>
        <translation>У этой АТС нет такой команды.</translation>
    </message>
</context>
<context>
    <name>Recording</name>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>No sound device: nothing can be heard.</source>
        <translation>Нет звукового устройства: ничего не будет слышно.</translation>
    </message>
    <message>
        <source>Nothing is recorded before the answer</source>
        <translation>До ответа записи нет</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Play recording</source>
        <translation>Прослушать запись</translation>
    </message>
    <message>
        <source>Playing speed</source>
        <translation>Скорость воспроизведения</translation>
    </message>
    <message>
        <source>Playing speed {speed}</source>
        <translation>Скорость воспроизведения {speed}</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Позиция</translation>
    </message>
    <message>
        <source>Position, {time} of {whole}</source>
        <translation>Позиция, {time} из {whole}</translation>
    </message>
    <message>
        <source>Recording {number} of {count}</source>
        <translation>Запись {number} из {count}</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Записи</translation>
    </message>
    <message>
        <source>Save recording</source>
        <translation>Сохранить запись</translation>
    </message>
    <message>
        <source>Saved as {name}</source>
        <translation>Сохранено: {name}</translation>
    </message>
    <message>
        <source>Something in this program failed.</source>
        <translation>В программе произошла ошибка.</translation>
    </message>
    <message>
        <source>The PBX does not give out this recording. Ask your administrator.</source>
        <translation>АТС не выдаёт эту запись. Обратитесь к администратору.</translation>
    </message>
    <message>
        <source>The PBX has no recording of this call.</source>
        <translation>На АТС нет записи этого звонка.</translation>
    </message>
    <message>
        <source>The recording comes too slowly. Try again later.</source>
        <translation>Запись загружается слишком медленно. Попробуйте позже.</translation>
    </message>
    <message>
        <source>The recording could not be saved: {reason}</source>
        <translation>Запись не удалось сохранить: {reason}</translation>
    </message>
    <message>
        <source>The recording did not come whole. Try again.</source>
        <translation>Запись загрузилась не полностью. Попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>The recording is being fetched</source>
        <translation>Запись загружается</translation>
    </message>
    <message>
        <source>The recording is coming: {percent} %</source>
        <translation>Запись загружается: {percent} %</translation>
    </message>
    <message>
        <source>The recording is coming…</source>
        <translation>Запись загружается…</translation>
    </message>
    <message>
        <source>The recording is too large to be played here.</source>
        <translation>Запись слишком большая, прослушать её здесь нельзя.</translation>
    </message>
    <message>
        <source>The server of the recordings cannot be reached. Try again later.</source>
        <translation>Сервер записей недоступен. Попробуйте позже.</translation>
    </message>
    <message>
        <source>There is no room for the recording on this computer.</source>
        <translation>На этом компьютере нет места для записи.</translation>
    </message>
    <message>
        <source>This recording cannot be played here.</source>
        <translation>Эту запись здесь нельзя прослушать.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Громкость</translation>
    </message>
    <message>
        <source>Volume, {percent} %</source>
        <translation>Громкость, {percent} %</translation>
    </message>
    <message>
        <source>What the PBX sent is no recording.</source>
        <translation>АТС прислала не запись.</translation>
    </message>
</context>
<context>
    <name>Secrets</name>
    <message>
        <source>Kept in the system keyring</source>
        <translation>В системном хранилище паролей</translation>
    </message>
    <message>
        <source>No system keyring was found, so the password cannot be kept safely. ctidesk asks for it at each start.</source>
        <translation>Системное хранилище паролей не найдено, поэтому пароль нельзя хранить надёжно. ctidesk спросит его при каждом запуске.</translation>
    </message>
    <message>
        <source>No system keyring works here. What you enter counts until ctidesk ends.</source>
        <translation>Системное хранилище паролей не работает. Введённое действует до закрытия ctidesk.</translation>
    </message>
    <message>
        <source>Not kept. ctidesk asks for it at each start.</source>
        <translation>Не хранится. ctidesk спросит его при каждом запуске.</translation>
    </message>
    <message>
        <source>The question of the system keyring was dismissed, so the password was not kept. ctidesk asks for it at each start.</source>
        <translation>Запрос хранилища паролей был закрыт, пароль не сохранён. ctidesk спросит его при каждом запуске.</translation>
    </message>
    <message>
        <source>The system keyring does not answer, so the password cannot be kept now. ctidesk asks for it at each start.</source>
        <translation>Хранилище паролей не отвечает, сейчас пароль не сохранить. ctidesk спросит его при каждом запуске.</translation>
    </message>
    <message>
        <source>The system keyring has failed, so the password cannot be kept. ctidesk asks for it at each start.</source>
        <translation>Сбой хранилища паролей, пароль не сохранить. ctidesk спросит его при каждом запуске.</translation>
    </message>
    <message>
        <source>The system keyring is locked. Unlock it, or ctidesk asks for the password at each start.</source>
        <translation>Хранилище паролей закрыто. Откройте его, иначе ctidesk будет спрашивать пароль при каждом запуске.</translation>
    </message>
    <message>
        <source>This computer would keep the password unprotected, so it is not kept. ctidesk asks for it at each start.</source>
        <translation>Этот компьютер хранил бы пароль без защиты, поэтому пароль не сохранён. ctidesk спросит его при каждом запуске.</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>A call is going on</source>
        <translation>Идёт разговор</translation>
    </message>
    <message>
        <source>A click on such a link in a web page or a letter calls the number. This counts at once, for you alone.</source>
        <translation>Щелчок по такой ссылке на веб-странице или в письме звонит на номер. Действует сразу и только для вас.</translation>
    </message>
    <message>
        <source>A domain has no spaces, @, : or /.</source>
        <translation>В домене нет пробелов, @, : и /.</translation>
    </message>
    <message>
        <source>A number typed in a call</source>
        <translation>Номер, набранный в разговоре</translation>
    </message>
    <message>
        <source>A proxy's address begins with http://, https:// or socks5://.</source>
        <translation>Адрес прокси начинается с http://, https:// или socks5://.</translation>
    </message>
    <message>
        <source>A scheme is the part of an address before the colon.</source>
        <translation>Схема — часть адреса до двоеточия.</translation>
    </message>
    <message>
        <source>Add address</source>
        <translation>Добавить адрес</translation>
    </message>
    <message>
        <source>After the call</source>
        <translation>После звонка</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Все файлы (*)</translation>
    </message>
    <message>
        <source>An address begins with ws:// or wss://, or with the server's name.</source>
        <translation>Адрес начинается с ws://, wss:// или имени сервера.</translation>
    </message>
    <message>
        <source>An address has no # in it.</source>
        <translation>В адресе нет знака #.</translation>
    </message>
    <message>
        <source>An address has no spaces.</source>
        <translation>В адресе нет пробелов.</translation>
    </message>
    <message>
        <source>An address must not hold a name or a password: it would stand in a file.</source>
        <translation>В адресе не должно быть имени и пароля: они попали бы в файл.</translation>
    </message>
    <message>
        <source>Another program has these keys. Choose others.</source>
        <translation>Эти клавиши заняты другой программой. Выберите другие.</translation>
    </message>
    <message>
        <source>Another program is saving these settings. Try again in a moment.</source>
        <translation>Эти настройки сохраняет другая программа. Попробуйте чуть позже.</translation>
    </message>
    <message>
        <source>Answer by SIP automatically</source>
        <translation>Отвечать по SIP автоматически</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Применить</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Как в системе</translation>
    </message>
    <message>
        <source>Ask at each start</source>
        <translation>Спрашивать при каждом запуске</translation>
    </message>
    <message>
        <source>Ask there first, then transfer</source>
        <translation>Сначала спросить там, потом перевести</translation>
    </message>
    <message>
        <source>Auto-answer parameter</source>
        <translation>Параметр автоответа</translation>
    </message>
    <message>
        <source>Bottom left</source>
        <translation>Слева внизу</translation>
    </message>
    <message>
        <source>Bottom right</source>
        <translation>Справа внизу</translation>
    </message>
    <message>
        <source>By itself when the PBX asks for it</source>
        <translation>Сам, когда просит АТС</translation>
    </message>
    <message>
        <source>Calls and popup</source>
        <translation>Звонки и окно</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>Сертификаты (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>Changes nothing; uses what is typed above.</source>
        <translation>Ничего не меняет; проверяет то, что введено выше.</translation>
    </message>
    <message>
        <source>Choose a ringtone.</source>
        <translation>Выберите мелодию.</translation>
    </message>
    <message>
        <source>Choose your PBX.</source>
        <translation>Выберите АТС.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Выбрать…</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Подключиться</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Подключение</translation>
    </message>
    <message>
        <source>Connection string</source>
        <translation>Строка подключения</translation>
    </message>
    <message>
        <source>Copied number</source>
        <translation>Скопированный номер</translation>
    </message>
    <message>
        <source>Corner</source>
        <translation>Угол</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Тёмная</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>Демо</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Подробнее</translation>
    </message>
    <message>
        <source>Do not save</source>
        <translation>Не сохранять</translation>
    </message>
    <message>
        <source>Domain</source>
        <translation>Домен</translation>
    </message>
    <message>
        <source>Edit address</source>
        <translation>Изменить адрес</translation>
    </message>
    <message>
        <source>Enter a text, or remove the line.</source>
        <translation>Введите текст или удалите строку.</translation>
    </message>
    <message>
        <source>Enter an address, or remove the line.</source>
        <translation>Введите адрес или удалите строку.</translation>
    </message>
    <message>
        <source>Enter the number alone, without the domain.</source>
        <translation>Введите только номер, без домена.</translation>
    </message>
    <message>
        <source>Every call by itself</source>
        <translation>Сам, каждый звонок</translation>
    </message>
    <message>
        <source>Fields with a lock are set by your administrator. Ask them if something here must change.</source>
        <translation>Поля с замком задал администратор. Обратитесь к нему, если здесь нужно что-то изменить.</translation>
    </message>
    <message>
        <source>For addresses that begin neither with ws:// nor with wss://.</source>
        <translation>Для адресов, которые не начинаются с ws:// или wss://.</translation>
    </message>
    <message>
        <source>Give the two letters of the country.</source>
        <translation>Укажите две буквы страны.</translation>
    </message>
    <message>
        <source>Give the whole path of the file.</source>
        <translation>Укажите полный путь к файлу.</translation>
    </message>
    <message>
        <source>Give the whole path of the folder.</source>
        <translation>Укажите полный путь к папке.</translation>
    </message>
    <message>
        <source>Give the whole path of the program.</source>
        <translation>Укажите полный путь к программе.</translation>
    </message>
    <message>
        <source>Go to the field that may be wrong</source>
        <translation>Перейти к полю, в котором может быть ошибка</translation>
    </message>
    <message>
        <source>Headset</source>
        <translation>Гарнитура</translation>
    </message>
    <message>
        <source>Hear a tone</source>
        <translation>Услышать звук</translation>
    </message>
    <message>
        <source>I am a call-centre operator</source>
        <translation>Я оператор колл-центра</translation>
    </message>
    <message>
        <source>Integration</source>
        <translation>Интеграция</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>Интерфейс</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>Leave a notice for each missed call</source>
        <translation>Показывать уведомление о пропущенных звонках</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Уровень</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Светлая</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Логин</translation>
    </message>
    <message>
        <source>Main screen</source>
        <translation>Основной экран</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Микрофон</translation>
    </message>
    <message>
        <source>Microphone gain</source>
        <translation>Усиление микрофона</translation>
    </message>
    <message>
        <source>Missed calls</source>
        <translation>Пропущенные звонки</translation>
    </message>
    <message>
        <source>Move address</source>
        <translation>Переместить адрес</translation>
    </message>
    <message>
        <source>Move address up; the arrow keys move it up and down</source>
        <translation>Переместить адрес вверх; клавиши со стрелками перемещают его вверх и вниз</translation>
    </message>
    <message>
        <source>No calls without a microphone</source>
        <translation>Без микрофона не звонить</translation>
    </message>
    <message>
        <source>No second device</source>
        <translation>Нет второго устройства</translation>
    </message>
    <message>
        <source>None, connect directly</source>
        <translation>Нет, прямое подключение</translation>
    </message>
    <message>
        <source>None, the phone is picked up by hand</source>
        <translation>Нет, трубку снимают рукой</translation>
    </message>
    <message>
        <source>None, the system's certificates count</source>
        <translation>Нет, действуют системные</translation>
    </message>
    <message>
        <source>None; press the keys</source>
        <translation>Нет; нажмите клавиши</translation>
    </message>
    <message>
        <source>Not plugged in. The system's own output is used until it is back.</source>
        <translation>Устройство не подключено. Пока его нет, используется системный выход.</translation>
    </message>
    <message>
        <source>Not plugged in. Using “{device}” until it is back.</source>
        <translation>Не подключено. Пока используется «{device}».</translation>
    </message>
    <message>
        <source>Nothing has been changed</source>
        <translation>Ничего не изменено</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Сейчас</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Номер</translation>
    </message>
    <message>
        <source>Number and domain</source>
        <translation>Номер и домен</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Open tel:, callto: and sip: links with ctidesk</source>
        <translation>Открывать ссылки tel:, callto: и sip: в ctidesk</translation>
    </message>
    <message>
        <source>Other programs</source>
        <translation>Другие программы</translation>
    </message>
    <message>
        <source>Other programs and scripts call a number by this command:</source>
        <translation>Другие программы и сценарии звонят на номер этой командой:</translation>
    </message>
    <message>
        <source>Otherwise they connect, and nobody hears you.</source>
        <translation>Иначе звонок состоится, но вас не услышат.</translation>
    </message>
    <message>
        <source>Own CA file</source>
        <translation>Свой файл CA</translation>
    </message>
    <message>
        <source>Own file…</source>
        <translation>Свой файл…</translation>
    </message>
    <message>
        <source>PBX</source>
        <translation>АТС</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Страницы</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <source>Phone links</source>
        <translation>Телефонные ссылки</translation>
    </message>
    <message>
        <source>Popup</source>
        <translation>Всплывающее окно</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Прокси</translation>
    </message>
    <message>
        <source>Put {number} where the number belongs.</source>
        <translation>Вставьте {number} там, где должен быть номер.</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Записать</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Remove address</source>
        <translation>Удалить адрес</translation>
    </message>
    <message>
        <source>Remove for good?</source>
        <translation>Удалить насовсем?</translation>
    </message>
    <message>
        <source>Remove the keys</source>
        <translation>Убрать клавиши</translation>
    </message>
    <message>
        <source>Ring</source>
        <translation>Звонок</translation>
    </message>
    <message>
        <source>Ring also on</source>
        <translation>Звонить ещё на</translation>
    </message>
    <message>
        <source>Ring as usual</source>
        <translation>Звонить как обычно</translation>
    </message>
    <message>
        <source>Ring on</source>
        <translation>Звонить через</translation>
    </message>
    <message>
        <source>Ring once, as set here</source>
        <translation>Позвонить один раз с этими настройками</translation>
    </message>
    <message>
        <source>Ringtone</source>
        <translation>Мелодия</translation>
    </message>
    <message>
        <source>Saved. The new connection is made after the call.</source>
        <translation>Сохранено. Новое подключение будет после звонка.</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Экран</translation>
    </message>
    <message>
        <source>Scripts for the command prompt cannot be started safely. Give a program.</source>
        <translation>Сценарии командной строки нельзя запускать безопасно. Укажите программу.</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>Безопасность</translation>
    </message>
    <message>
        <source>Selected number</source>
        <translation>Выделенный номер</translation>
    </message>
    <message>
        <source>Server addresses</source>
        <translation>Адреса серверов</translation>
    </message>
    <message>
        <source>Set by your administrator</source>
        <translation>Задано администратором</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Настройки…</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Показать</translation>
    </message>
    <message>
        <source>Show a popup for incoming calls</source>
        <translation>Показывать окно при входящем звонке</translation>
    </message>
    <message>
        <source>Show password</source>
        <translation>Показать пароль</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>Без звука</translation>
    </message>
    <message>
        <source>Soft beep</source>
        <translation>Тихий сигнал</translation>
    </message>
    <message>
        <source>Soft bell</source>
        <translation>Мягкий звонок</translation>
    </message>
    <message>
        <source>Sound and devices</source>
        <translation>Звук и устройства</translation>
    </message>
    <message>
        <source>Sounds (*.wav)</source>
        <translation>Звуки (*.wav)</translation>
    </message>
    <message>
        <source>Speak for five seconds, then hear yourself.</source>
        <translation>Говорите пять секунд, потом послушайте себя.</translation>
    </message>
    <message>
        <source>Speak now. Recording for {seconds} s more.</source>
        <translation>Говорите. Запись идёт ещё {seconds} с.</translation>
    </message>
    <message>
        <source>Speak: the bar should reach the middle.</source>
        <translation>Говорите: полоска должна доходить до середины.</translation>
    </message>
    <message>
        <source>Stand above full-screen windows</source>
        <translation>Показывать поверх полноэкранных окон</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Запуск</translation>
    </message>
    <message>
        <source>Start hidden, as an icon in the tray</source>
        <translation>Запускать свёрнутым в значок в трее</translation>
    </message>
    <message>
        <source>Start when I log in to the computer</source>
        <translation>Запускать при входе в систему</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Стоп</translation>
    </message>
    <message>
        <source>Stop test</source>
        <translation>Прервать проверку</translation>
    </message>
    <message>
        <source>System default</source>
        <translation>Системное устройство</translation>
    </message>
    <message>
        <source>Take the password out of the system keyring</source>
        <translation>Удалить пароль из системного хранилища</translation>
    </message>
    <message>
        <source>Talk through this computer's headset instead of a desk phone.</source>
        <translation>Говорить через гарнитуру этого компьютера вместо настольного телефона.</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>Test again</source>
        <translation>Проверить ещё раз</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>Проверить подключение</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Размер текста</translation>
    </message>
    <message>
        <source>The address has no server name.</source>
        <translation>В адресе нет имени сервера.</translation>
    </message>
    <message>
        <source>The connection works.</source>
        <translation>Подключение работает.</translation>
    </message>
    <message>
        <source>The demo PBX is a part of this program: it rings, queues and transfers like a real one.</source>
        <translation>Демо-АТС — часть этой программы: звонит, ставит в очередь и переводит звонки как настоящая.</translation>
    </message>
    <message>
        <source>The disk is full. Nothing was saved; make room and try again.</source>
        <translation>Диск заполнен. Ничего не сохранено; освободите место и попробуйте снова.</translation>
    </message>
    <message>
        <source>The panel opens anew in this language and connects again.</source>
        <translation>Панель откроется заново на этом языке и снова подключится.</translation>
    </message>
    <message>
        <source>The phone picks up by itself when the PBX asks it to. Else you pick it up by hand.</source>
        <translation>Телефон снимает трубку сам, когда АТС просит его об этом. Иначе трубку снимаете вы.</translation>
    </message>
    <message>
        <source>The program itself must be written out, without { }.</source>
        <translation>Сама программа указывается без { }.</translation>
    </message>
    <message>
        <source>The server's name must be written out, without { }.</source>
        <translation>Имя сервера указывается без { }.</translation>
    </message>
    <message>
        <source>The server's name or the port is wrong. A port is a number from 1 to 65535.</source>
        <translation>Имя сервера или порт неверны. Порт — число от 1 до 65535.</translation>
    </message>
    <message>
        <source>The setting {key} is ignored. {words}</source>
        <translation>Настройка {key} не учитывается. {words}</translation>
    </message>
    <message>
        <source>The settings could not be saved. They are as they were.</source>
        <translation>Не удалось сохранить настройки. Они остались прежними.</translation>
    </message>
    <message>
        <source>The settings file cannot be read, so the usual values count. ({reason})</source>
        <translation>Файл настроек не читается, действуют обычные значения. ({reason})</translation>
    </message>
    <message>
        <source>The settings file has been changed by hand in a way that this program cannot continue. Move it elsewhere and try again.</source>
        <translation>Файл настроек изменён вручную так, что программа не может продолжить его. Переместите файл и попробуйте снова.</translation>
    </message>
    <message>
        <source>The settings file is broken ({detail}). It was kept as {file}, and the usual values count.</source>
        <translation>Файл настроек испорчен ({detail}). Он сохранён как {file}, действуют обычные значения.</translation>
    </message>
    <message>
        <source>The settings file is broken and cannot be moved away, so the usual values count. ({reason})</source>
        <translation>Файл настроек испорчен, и его нельзя переместить; действуют обычные значения. ({reason})</translation>
    </message>
    <message>
        <source>The settings folder cannot be written to. Nothing was saved; ask your administrator.</source>
        <translation>В папку настроек нельзя писать. Ничего не сохранено; обратитесь к администратору.</translation>
    </message>
    <message>
        <source>The system did not let this be changed. {reason}</source>
        <translation>Система не дала это изменить. {reason}</translation>
    </message>
    <message>
        <source>The test has failed because of a defect in this program.</source>
        <translation>Проверка не удалась из-за ошибки в программе.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>There are too many addresses. Ten are the most.</source>
        <translation>Слишком много адресов. Самое большее — десять.</translation>
    </message>
    <message>
        <source>There are too many. Thirty are the most.</source>
        <translation>Слишком много. Не больше тридцати.</translation>
    </message>
    <message>
        <source>These are digits alone.</source>
        <translation>Здесь только цифры.</translation>
    </message>
    <message>
        <source>These keys bring a number that is selected or copied in any program into the panel. Enter there calls it.</source>
        <translation>Эти клавиши переносят в панель номер, выделенный или скопированный в любой программе. Enter в панели звонит по нему.</translation>
    </message>
    <message>
        <source>These settings need a new connection. Made now, the call would disappear from ctidesk, or end.</source>
        <translation>Эти настройки требуют нового подключения. Если сделать его сейчас, звонок исчезнет из ctidesk или завершится.</translation>
    </message>
    <message>
        <source>This address begins with http:// or https://.</source>
        <translation>Этот адрес начинается с http:// или https://.</translation>
    </message>
    <message>
        <source>This computer has no microphone: callers hear nothing.</source>
        <translation>На этом компьютере нет микрофона: собеседник ничего не слышит.</translation>
    </message>
    <message>
        <source>This computer has no sound output, so the ring is silent.</source>
        <translation>На этом компьютере нет вывода звука, поэтому звонка не слышно.</translation>
    </message>
    <message>
        <source>This computer has no sound output: nothing is heard in calls.</source>
        <translation>На этом компьютере нет вывода звука: в разговорах ничего не слышно.</translation>
    </message>
    <message>
        <source>This desktop (Wayland) gives programs no keys of their own. In its keyboard settings, let a key start this command: it calls the number that is selected.</source>
        <translation>Этот рабочий стол (Wayland) не даёт программам своих клавиш. Назначьте клавишу этой команде в его настройках клавиатуры: она звонит на выделенный номер.</translation>
    </message>
    <message>
        <source>This is how callers hear you.</source>
        <translation>Так вас слышит собеседник.</translation>
    </message>
    <message>
        <source>This is needed to connect.</source>
        <translation>Это нужно для подключения.</translation>
    </message>
    <message>
        <source>This must be a list of texts.</source>
        <translation>Здесь должен быть список строк.</translation>
    </message>
    <message>
        <source>This must be a number from {lowest} to {highest}.</source>
        <translation>Здесь должно быть число от {lowest} до {highest}.</translation>
    </message>
    <message>
        <source>This must be a whole number.</source>
        <translation>Здесь должно быть целое число.</translation>
    </message>
    <message>
        <source>This must be one of: {choices}.</source>
        <translation>Здесь должно быть одно из: {choices}.</translation>
    </message>
    <message>
        <source>This must be text.</source>
        <translation>Здесь должен быть текст.</translation>
    </message>
    <message>
        <source>This must be true or false.</source>
        <translation>Здесь должно быть true или false.</translation>
    </message>
    <message>
        <source>This text has control characters. Type it again.</source>
        <translation>В тексте есть управляющие знаки. Наберите его заново.</translation>
    </message>
    <message>
        <source>This text is too long.</source>
        <translation>Текст слишком длинный.</translation>
    </message>
    <message>
        <source>Top left</source>
        <translation>Слева вверху</translation>
    </message>
    <message>
        <source>Top right</source>
        <translation>Справа вверху</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>Перевод</translation>
    </message>
    <message>
        <source>Transfer at once</source>
        <translation>Перевести сразу</translation>
    </message>
    <message>
        <source>Type your password</source>
        <translation>Введите пароль</translation>
    </message>
    <message>
        <source>Use TLS</source>
        <translation>Использовать TLS</translation>
    </message>
    <message>
        <source>Use a key together with Ctrl, Alt or the system key.</source>
        <translation>Нажмите клавишу вместе с Ctrl, Alt или системной клавишей.</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Громкость</translation>
    </message>
    <message>
        <source>Web phone</source>
        <translation>Веб-телефон</translation>
    </message>
    <message>
        <source>Web phone address</source>
        <translation>Адрес веб-телефона</translation>
    </message>
    <message>
        <source>Web phone answers</source>
        <translation>Веб-телефон отвечает</translation>
    </message>
    <message>
        <source>When I answer</source>
        <translation>Когда отвечаю я</translation>
    </message>
    <message>
        <source>Where the pointer is</source>
        <translation>Где указатель мыши</translation>
    </message>
    <message>
        <source>While talking</source>
        <translation>Во время разговора</translation>
    </message>
    <message>
        <source>Write this as name=value.</source>
        <translation>Напишите это в виде имя=значение.</translation>
    </message>
    <message>
        <source>Your administrator's file locks {name}, which this program does not have.</source>
        <translation>Файл администратора закрывает {name}, а такого в программе нет.</translation>
    </message>
    <message>
        <source>Your administrator's file {file} cannot be used, so nothing in it counts. ({reason})</source>
        <translation>Файл администратора {file} не годится, ничего из него не действует. ({reason})</translation>
    </message>
    <message>
        <source>Your administrator's value for {key} is ignored. {words}</source>
        <translation>Значение администратора для {key} не учитывается. {words}</translation>
    </message>
    <message>
        <source>Your password at the PBX</source>
        <translation>Ваш пароль на АТС</translation>
    </message>
    <message>
        <source>as the PBX says</source>
        <translation>как сообщит АТС</translation>
    </message>
    <message>
        <source>first</source>
        <translation>первый</translation>
    </message>
    <message>
        <source>it cannot be understood</source>
        <translation>его нельзя понять</translation>
    </message>
    <message>
        <source>it is not UTF-8 text</source>
        <translation>это не текст UTF-8</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>он слишком большой</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>не дошло</translation>
    </message>
    <message>
        <source>the server's own</source>
        <translation>как у сервера</translation>
    </message>
    <message>
        <source>{name} is not known here. These are: {names}.</source>
        <translation>{name} здесь не бывает. Есть: {names}.</translation>
    </message>
    <message>
        <source>{number} %</source>
        <translation>{number} %</translation>
    </message>
    <message>
        <source>{number} ms</source>
        <translation>{number} мс</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>About</source>
        <translation>О программе</translation>
    </message>
    <message>
        <source>About and diagnostics</source>
        <translation>О программе и диагностика</translation>
    </message>
    <message>
        <source>Call centre</source>
        <translation>Колл-центр</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Подключение…</translation>
    </message>
    <message>
        <source>Dial from clipboard</source>
        <translation>Набрать из буфера обмена</translation>
    </message>
    <message>
        <source>Dial…</source>
        <translation>Набрать…</translation>
    </message>
    <message>
        <source>Last calls</source>
        <translation>Последние звонки</translation>
    </message>
    <message>
        <source>Missed calls: {count}</source>
        <translation>Пропущено звонков: {count}</translation>
    </message>
    <message>
        <source>Mute ring</source>
        <translation>Выключить сигнал</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>Сигнал выключен</translation>
    </message>
    <message>
        <source>No connection, trying again</source>
        <translation>Нет связи, новая попытка</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Нет связи</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Выход</translation>
    </message>
    <message>
        <source>Reconnect</source>
        <translation>Подключиться</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Настройки…</translation>
    </message>
    <message>
        <source>Show panel</source>
        <translation>Показать панель</translation>
    </message>
</context>
<context>
    <name>Unconfigured</name>
    <message>
        <source>Nothing says which kind of PBX to connect to.</source>
        <translation>Не указан вид АТС.</translation>
    </message>
    <message>
        <source>The password is missing.</source>
        <translation>Нет пароля.</translation>
    </message>
</context>
<context>
    <name>Users</name>
    <message>
        <source>A user is not saved yet. Save or discard what you typed.</source>
        <translation>Пользователь не сохранён. Сохраните или отмените введённое.</translation>
    </message>
    <message>
        <source>Add user</source>
        <translation>Добавить</translation>
    </message>
    <message>
        <source>Admin</source>
        <translation>Админ</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Очистить</translation>
    </message>
    <message>
        <source>Copy number</source>
        <translation>Скопировать номер</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Del</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Подробнее</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>Edit user {number}</source>
        <translation>Изменить пользователя {number}</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Enter a number.</source>
        <translation>Введите номер.</translation>
    </message>
    <message>
        <source>Enter a password.</source>
        <translation>Введите пароль.</translation>
    </message>
    <message>
        <source>It may have been done all the same: look at the list. What you typed stays.</source>
        <translation>Возможно, это всё же сделано: посмотрите в список. Введённое осталось.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Оставить</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>Новый пароль</translation>
    </message>
    <message>
        <source>New password for {number}</source>
        <translation>Новый пароль для {number}</translation>
    </message>
    <message>
        <source>No connection to the PBX</source>
        <translation>Нет связи с АТС</translation>
    </message>
    <message>
        <source>No users</source>
        <translation>Пользователей нет</translation>
    </message>
    <message>
        <source>Nobody found</source>
        <translation>Никого не найдено</translation>
    </message>
    <message>
        <source>Nothing was changed. What you typed stays.</source>
        <translation>Ничего не изменено. Введённое осталось.</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Номер</translation>
    </message>
    <message>
        <source>Number or name</source>
        <translation>Номер или имя</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Нет</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>В сети</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <source>Read the list again</source>
        <translation>Обновить список</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Remove this user? {whom}</source>
        <translation>Удалить пользователя? {whom}</translation>
    </message>
    <message>
        <source>Remove user {number}</source>
        <translation>Удалить пользователя {number}</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Роль</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Somebody has removed this user.</source>
        <translation>Кто-то удалил этого пользователя.</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>The list could not be read</source>
        <translation>Список не удалось прочитать</translation>
    </message>
    <message>
        <source>The list is the last one that is known. What you typed stays.</source>
        <translation>Показан последний известный список. Введённое осталось.</translation>
    </message>
    <message>
        <source>The number has been changed, nothing else. What you typed stays.</source>
        <translation>Изменён только номер. Остальное введённое осталось.</translation>
    </message>
    <message>
        <source>The number may contain digits only.</source>
        <translation>Номер может состоять только из цифр.</translation>
    </message>
    <message>
        <source>The password is the number: anybody can guess it.</source>
        <translation>Пароль совпадает с номером: его легко угадать.</translation>
    </message>
    <message>
        <source>The user's programs and calls are cut off at once. This cannot be undone.</source>
        <translation>Программы и звонки пользователя прервутся сразу. Отменить это нельзя.</translation>
    </message>
    <message>
        <source>There is no such user any more.</source>
        <translation>Такого пользователя больше нет.</translation>
    </message>
    <message>
        <source>This was typed for another connection.</source>
        <translation>Это введено для другого подключения.</translation>
    </message>
    <message>
        <source>Try a part of the number.</source>
        <translation>Попробуйте часть номера.</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Оператор</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>Пользователи</translation>
    </message>
    <message>
        <source>Users: {all} · online: {online}</source>
        <translation>Всего: {all} · в сети: {online}</translation>
    </message>
    <message>
        <source>Wait…</source>
        <translation>Ждите…</translation>
    </message>
    <message>
        <source>Webitel users</source>
        <translation>Пользователи Webitel</translation>
    </message>
    <message>
        <source>What you typed cannot be saved here. Copy what you need and discard it.</source>
        <translation>Введённое здесь не сохранить. Скопируйте нужное и отмените.</translation>
    </message>
    <message>
        <source>Without a password of its own the number is the password: anybody can guess it.</source>
        <translation>Без пароля паролем станет номер: его легко угадать.</translation>
    </message>
    <message>
        <source>You cannot change your own number.</source>
        <translation>Свой номер изменить нельзя.</translation>
    </message>
    <message>
        <source>You cannot change your own role.</source>
        <translation>Свою роль изменить нельзя.</translation>
    </message>
    <message>
        <source>You cannot remove your own account.</source>
        <translation>Себя удалить нельзя.</translation>
    </message>
    <message>
        <source>Your role does not allow this.</source>
        <translation>Ваша роль этого не позволяет.</translation>
    </message>
</context>
<context>
    <name>WebPhone</name>
    <message>
        <source>The PBX has not answered in time. Look at the call and try again.</source>
        <translation>АТС не ответила вовремя. Посмотрите на звонок и попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>The PBX has refused. Try again or ask your administrator.</source>
        <translation>АТС отказала. Попробуйте ещё раз или спросите администратора.</translation>
    </message>
    <message>
        <source>The call has already ended.</source>
        <translation>Звонок уже завершён.</translation>
    </message>
    <message>
        <source>The certificate of the web phone's server cannot be trusted, so nothing was sent. Ask your administrator for the right address or certificate file.</source>
        <translation>Сертификату сервера веб-телефона нельзя доверять, поэтому ничего не отправлено. Спросите у администратора верный адрес или файл сертификата.</translation>
    </message>
    <message>
        <source>The two phones found no common way to send sound. Ask your administrator.</source>
        <translation>У двух телефонов нет общего способа передавать звук. Спросите администратора.</translation>
    </message>
    <message>
        <source>The web phone has failed because of a defect in this program. Connect again.</source>
        <translation>Веб-телефон отказал из-за ошибки в этой программе. Подключитесь снова.</translation>
    </message>
    <message>
        <source>The web phone has lost its connection. It is trying to get it back.</source>
        <translation>Веб-телефон потерял связь и восстанавливает её.</translation>
    </message>
    <message>
        <source>The web phone has no secure connection. Check whether its port uses TLS.</source>
        <translation>У веб-телефона нет защищённого соединения. Проверьте, работает ли его порт с TLS.</translation>
    </message>
    <message>
        <source>The web phone is not connected. Wait until it is back.</source>
        <translation>Веб-телефон не подключён. Подождите, пока связь вернётся.</translation>
    </message>
    <message>
        <source>The web phone is not installed: ctidesk[webphone] is missing. Calls go to your desk phone.</source>
        <translation>Веб-телефон не установлен: нет ctidesk[webphone]. Звонки идут на настольный телефон.</translation>
    </message>
    <message>
        <source>The web phone is not permitted for this account. Ask your administrator.</source>
        <translation>Этой учётной записи веб-телефон не разрешён. Спросите администратора.</translation>
    </message>
    <message>
        <source>The web phone was opened elsewhere. Connect again to take it back.</source>
        <translation>Веб-телефон открыт в другом месте. Подключитесь снова, чтобы вернуть его.</translation>
    </message>
    <message>
        <source>The web phone's address is missing or wrong. Correct it in the settings.</source>
        <translation>Адрес веб-телефона не указан или неверен. Исправьте его в настройках.</translation>
    </message>
    <message>
        <source>The web phone's server cannot be reached. The next attempt follows by itself.</source>
        <translation>Сервер веб-телефона недоступен. Следующая попытка будет сама.</translation>
    </message>
    <message>
        <source>The web phone's server does not let this computer in. Ask your administrator.</source>
        <translation>Сервер веб-телефона не пускает этот компьютер. Спросите администратора.</translation>
    </message>
    <message>
        <source>The web phone's server refuses the number or the password.</source>
        <translation>Сервер веб-телефона не принимает номер или пароль.</translation>
    </message>
    <message>
        <source>There is no headset: nobody hears anybody. Plug one in; the call goes on.</source>
        <translation>Нет гарнитуры: вы не слышите друг друга. Подключите её, звонок продолжается.</translation>
    </message>
    <message>
        <source>There is no microphone to use: you are not heard. Plug one in, or allow it; the call goes on.</source>
        <translation>Нет доступного микрофона: вас не слышно. Подключите его или разрешите доступ, звонок продолжается.</translation>
    </message>
    <message>
        <source>There is no microphone. Plug one in, or allow calls without one.</source>
        <translation>Нет микрофона. Подключите его или разрешите звонки без микрофона.</translation>
    </message>
    <message>
        <source>There is no number. Enter one.</source>
        <translation>Нет номера. Введите его.</translation>
    </message>
    <message>
        <source>There is no speaker: you hear nobody. Plug one in; the call goes on.</source>
        <translation>Нет динамика: вы никого не слышите. Подключите его, звонок продолжается.</translation>
    </message>
    <message>
        <source>There was no connection for the sound, so the call was ended. Check the network.</source>
        <translation>Не удалось соединить звук, поэтому звонок завершён. Проверьте сеть.</translation>
    </message>
    <message>
        <source>This call cannot be transferred: there is no other party yet.</source>
        <translation>Этот звонок нельзя перевести: собеседника ещё нет.</translation>
    </message>
    <message>
        <source>This is not possible in this state of the call.</source>
        <translation>В этом состоянии звонка это невозможно.</translation>
    </message>
    <message>
        <source>This port does not speak Verto. Check the web phone's address.</source>
        <translation>Этот порт не говорит на Verto. Проверьте адрес веб-телефона.</translation>
    </message>
</context>
<context>
    <name>Webitel</name>
    <message>
        <source>A part of this program failed over an event. Calls go on.</source>
        <translation>Сбой в части программы. Разговоры продолжаются.</translation>
    </message>
    <message>
        <source>A passing network fault; try again.</source>
        <translation>Временный сбой сети; попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>A supervisor or program ended the call.</source>
        <translation>Звонок завершил руководитель или программа.</translation>
    </message>
    <message>
        <source>A user with this number already exists.</source>
        <translation>Пользователь с этим номером уже есть.</translation>
    </message>
    <message>
        <source>All lines are busy; try later.</source>
        <translation>Все линии заняты; попробуйте позже.</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>Перерыв</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>Не беспокоить</translation>
    </message>
    <message>
        <source>In a call</source>
        <translation>Разговор</translation>
    </message>
    <message>
        <source>In a queue call</source>
        <translation>Звонок из очереди</translation>
    </message>
    <message>
        <source>No secure connection could be made. Check whether this port uses TLS.</source>
        <translation>Не удалось создать защищённое соединение. Проверьте, работает ли этот порт по TLS.</translation>
    </message>
    <message>
        <source>No way to reach this number; check it or ask the administrator.</source>
        <translation>До этого номера нет маршрута; проверьте его или обратитесь к администратору.</translation>
    </message>
    <message>
        <source>Outgoing calls are not allowed from this number.</source>
        <translation>С этого номера исходящие звонки запрещены.</translation>
    </message>
    <message>
        <source>Phone not connected</source>
        <translation>Телефон не подключён</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Готов</translation>
    </message>
    <message>
        <source>Redirect</source>
        <translation>Переадресация</translation>
    </message>
    <message>
        <source>Signalling got no answer in time; often a network or NAT problem.</source>
        <translation>Сигнализация не получила ответа вовремя; часто это сеть или NAT.</translation>
    </message>
    <message>
        <source>Somebody else answered, or another of your devices did.</source>
        <translation>Ответил кто-то другой или другое ваше устройство.</translation>
    </message>
    <message>
        <source>Something answers here, but it is no Webitel server. Check the address.</source>
        <translation>По этому адресу отвечает не сервер Webitel. Проверьте адрес.</translation>
    </message>
    <message>
        <source>Something in this program failed. Calls go on.</source>
        <translation>Сбой в программе. Разговоры продолжаются.</translation>
    </message>
    <message>
        <source>The PBX cannot be reached. The next attempt follows by itself.</source>
        <translation>АТС недоступна. Следующая попытка будет сама.</translation>
    </message>
    <message>
        <source>The PBX does not accept this account. Check the number and the password.</source>
        <translation>АТС не принимает эту учётную запись. Проверьте номер и пароль.</translation>
    </message>
    <message>
        <source>The PBX does not take this number.</source>
        <translation>АТС не принимает этот номер.</translation>
    </message>
    <message>
        <source>The PBX has not answered in time.</source>
        <translation>АТС не ответила вовремя.</translation>
    </message>
    <message>
        <source>The PBX has not answered in time. Look at the call and try again.</source>
        <translation>АТС не ответила вовремя. Посмотрите на звонок и попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>The PBX has refused. Try again or ask your administrator.</source>
        <translation>АТС отказала. Попробуйте ещё раз или обратитесь к администратору.</translation>
    </message>
    <message>
        <source>The PBX hung up during the login. Try again; then ask your administrator.</source>
        <translation>АТС прервала соединение во время входа. Попробуйте ещё раз; затем обратитесь к администратору.</translation>
    </message>
    <message>
        <source>The PBX is being connected already. Wait a moment.</source>
        <translation>Подключение к АТС уже идёт. Подождите немного.</translation>
    </message>
    <message>
        <source>The PBX is temporarily unavailable. Try again in a moment.</source>
        <translation>АТС временно недоступна. Попробуйте чуть позже.</translation>
    </message>
    <message>
        <source>The PBX let you in, but did not tell the state of your line. Try again; if it stays so, ask your administrator.</source>
        <translation>АТС впустила вас, но не сообщила состояние вашей линии. Попробуйте ещё раз; если не поможет, обратитесь к администратору.</translation>
    </message>
    <message>
        <source>The PBX licence allows no more users now. Ask your administrator.</source>
        <translation>Лицензия АТС не допускает больше пользователей. Обратитесь к администратору.</translation>
    </message>
    <message>
        <source>The PBX sent a message that cannot be read. Calls go on.</source>
        <translation>АТС прислала сообщение, которое нельзя прочесть. Разговоры продолжаются.</translation>
    </message>
    <message>
        <source>The PBX was shut down.</source>
        <translation>АТС выключена.</translation>
    </message>
    <message>
        <source>The access token is not valid any more. Enter the password and connect again.</source>
        <translation>Ключ доступа больше не действует. Введите пароль и подключитесь снова.</translation>
    </message>
    <message>
        <source>The call ended normally.</source>
        <translation>Звонок завершён обычным образом.</translation>
    </message>
    <message>
        <source>The call ended without a stated reason.</source>
        <translation>Звонок завершён без указания причины.</translation>
    </message>
    <message>
        <source>The call has already ended.</source>
        <translation>Звонок уже закончился.</translation>
    </message>
    <message>
        <source>The call was declined.</source>
        <translation>Звонок отклонён.</translation>
    </message>
    <message>
        <source>The call was passed on after a consultation.</source>
        <translation>Звонок переведён после консультации.</translation>
    </message>
    <message>
        <source>The call was passed on.</source>
        <translation>Звонок переведён.</translation>
    </message>
    <message>
        <source>The call was picked up from another extension.</source>
        <translation>Звонок перехвачен с другого номера.</translation>
    </message>
    <message>
        <source>The caller hung up before anyone answered.</source>
        <translation>Абонент положил трубку до ответа.</translation>
    </message>
    <message>
        <source>The connection of the web phone was lost for too long, so the call has ended.</source>
        <translation>Веб-телефон слишком долго был без связи, поэтому звонок завершён.</translation>
    </message>
    <message>
        <source>The line is busy.</source>
        <translation>Линия занята.</translation>
    </message>
    <message>
        <source>The login may contain digits only</source>
        <translation>Логин может содержать только цифры</translation>
    </message>
    <message>
        <source>The microphone of this call is not this computer's. Use your phone.</source>
        <translation>Микрофон этого звонка не у этого компьютера. Пользуйтесь телефоном.</translation>
    </message>
    <message>
        <source>The number is incomplete or mistyped.</source>
        <translation>Номер неполный или набран с ошибкой.</translation>
    </message>
    <message>
        <source>The number is no longer in use.</source>
        <translation>Номер больше не используется.</translation>
    </message>
    <message>
        <source>The number or the password is wrong. Correct them and connect again.</source>
        <translation>Номер или пароль неверны. Исправьте их и подключитесь снова.</translation>
    </message>
    <message>
        <source>The other party is not connected yet. Wait until it has answered.</source>
        <translation>Второй абонент ещё не на связи. Подождите ответа.</translation>
    </message>
    <message>
        <source>The other side has a line fault.</source>
        <translation>На другой стороне неисправна линия.</translation>
    </message>
    <message>
        <source>The password may not be empty or contain the characters : and @.</source>
        <translation>Пароль не может быть пустым и содержать знаки : и @.</translation>
    </message>
    <message>
        <source>The password may not contain the characters : and @.</source>
        <translation>Пароль не может содержать знаки : и @.</translation>
    </message>
    <message>
        <source>The person called cannot be reached now (phone off or out of coverage).</source>
        <translation>Абонент сейчас недоступен (телефон выключен или вне сети).</translation>
    </message>
    <message>
        <source>The phone is not connected to the PBX.</source>
        <translation>Телефон не подключён к АТС.</translation>
    </message>
    <message>
        <source>The phone or its network did not react.</source>
        <translation>Телефон или его сеть не отозвались.</translation>
    </message>
    <message>
        <source>The phone rang but nobody answered.</source>
        <translation>Телефон звонил, но никто не ответил.</translation>
    </message>
    <message>
        <source>The server address is missing or wrong. Correct it and connect again.</source>
        <translation>Адрес сервера не указан или неверен. Исправьте его и подключитесь снова.</translation>
    </message>
    <message>
        <source>The server does not let this computer in. Ask your administrator.</source>
        <translation>Сервер не пускает этот компьютер. Обратитесь к администратору.</translation>
    </message>
    <message>
        <source>The server refuses the connection. Check the address and the port.</source>
        <translation>Сервер отклоняет соединение. Проверьте адрес и порт.</translation>
    </message>
    <message>
        <source>The server's certificate cannot be trusted, so nothing was sent. Ask your administrator for the right address or certificate file.</source>
        <translation>Сертификату сервера нельзя доверять, поэтому ничего не отправлено. Попросите у администратора верный адрес или файл сертификата.</translation>
    </message>
    <message>
        <source>The server's name was not found. Check the address and the network.</source>
        <translation>Имя сервера не найдено. Проверьте адрес и сеть.</translation>
    </message>
    <message>
        <source>The trunk is down.</source>
        <translation>Внешняя линия не работает.</translation>
    </message>
    <message>
        <source>The two phones found no common codec.</source>
        <translation>У телефонов нет общего кодека.</translation>
    </message>
    <message>
        <source>The web phone was opened elsewhere; the call has gone there.</source>
        <translation>Веб-телефон открыт в другом месте, звонок перешёл туда.</translation>
    </message>
    <message>
        <source>There is a call. End it before you log out.</source>
        <translation>Идёт звонок. Завершите его перед выходом.</translation>
    </message>
    <message>
        <source>There is no connection to the PBX. Wait until it is back.</source>
        <translation>Нет связи с АТС. Подождите, пока она вернётся.</translation>
    </message>
    <message>
        <source>There is no number. Enter one.</source>
        <translation>Нет номера. Введите его.</translation>
    </message>
    <message>
        <source>There is no recording of this call.</source>
        <translation>Записи этого звонка нет.</translation>
    </message>
    <message>
        <source>There is no such number.</source>
        <translation>Такого номера нет.</translation>
    </message>
    <message>
        <source>There is no such role.</source>
        <translation>Такой роли нет.</translation>
    </message>
    <message>
        <source>There is no such user any more.</source>
        <translation>Такого пользователя больше нет.</translation>
    </message>
    <message>
        <source>There was no connection for the sound. Check the network.</source>
        <translation>Не удалось соединить звук. Проверьте сеть.</translation>
    </message>
    <message>
        <source>This PBX cannot change a number. Add a new user and remove this one.</source>
        <translation>Эта АТС не умеет менять номер. Добавьте нового пользователя и удалите этого.</translation>
    </message>
    <message>
        <source>This account is connected too many times. Close other programs that use it.</source>
        <translation>Эта учётная запись подключена слишком много раз. Закройте другие программы с ней.</translation>
    </message>
    <message>
        <source>This number is taken by something else in the PBX.</source>
        <translation>Этот номер в АТС уже занят.</translation>
    </message>
    <message>
        <source>This server does not support that.</source>
        <translation>Этот сервер такого не умеет.</translation>
    </message>
    <message>
        <source>Voice mail</source>
        <translation>Голосовая почта</translation>
    </message>
    <message>
        <source>Webitel account parameters are not set. Add an account in the Webitel users section</source>
        <translation>Параметры учётной записи Webitel не заданы. Добавьте учётную запись в разделе «Пользователи Webitel»</translation>
    </message>
    <message>
        <source>You cannot change your own number.</source>
        <translation>Свой номер изменить нельзя.</translation>
    </message>
    <message>
        <source>You cannot change your own role.</source>
        <translation>Свою роль изменить нельзя.</translation>
    </message>
    <message>
        <source>You cannot remove your own account.</source>
        <translation>Свою учётную запись удалить нельзя.</translation>
    </message>
    <message>
        <source>Your phone cannot be answered from here. Pick it up by hand.</source>
        <translation>Ответить отсюда на вашем телефоне нельзя. Снимите трубку.</translation>
    </message>
    <message>
        <source>Your phone is not registered at the PBX. Switch it on, check its cable and its login, or ask your administrator.</source>
        <translation>Ваш телефон не зарегистрирован на АТС. Включите его, проверьте кабель и логин или обратитесь к администратору.</translation>
    </message>
    <message>
        <source>Your phone is not registered. Check the phone.</source>
        <translation>Ваш телефон не зарегистрирован. Проверьте телефон.</translation>
    </message>
    <message>
        <source>Your role does not allow this.</source>
        <translation>Ваша роль этого не разрешает.</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>A demo PBX inside ctidesk rings, queues and transfers like a real one</source>
        <translation>Демо-АТС внутри ctidesk звонит, ставит в очередь и переводит звонки как настоящая</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Connection string, domain, number and password</source>
        <translation>Строка подключения, домен, номер и пароль</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Finish anyway</source>
        <translation>Всё равно завершить</translation>
    </message>
    <message>
        <source>Got a settings file from your administrator?</source>
        <translation>Администратор дал вам файл настроек?</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>Открыть файл…</translation>
    </message>
    <message>
        <source>Save what is typed, although the connection does not work yet</source>
        <translation>Сохранить введённое, хотя подключение ещё не работает</translation>
    </message>
    <message>
        <source>Server address, login and password</source>
        <translation>Адрес сервера, логин и пароль</translation>
    </message>
    <message>
        <source>Set up later</source>
        <translation>Настроить позже</translation>
    </message>
    <message>
        <source>Settings (*.toml)</source>
        <translation>Настройки (*.toml)</translation>
    </message>
    <message>
        <source>Settings file</source>
        <translation>Файл настроек</translation>
    </message>
    <message>
        <source>Test and finish</source>
        <translation>Проверить и завершить</translation>
    </message>
    <message>
        <source>The test is running</source>
        <translation>Идёт проверка</translation>
    </message>
    <message>
        <source>Try it without a PBX</source>
        <translation>Попробовать без АТС</translation>
    </message>
    <message>
        <source>Welcome to ctidesk</source>
        <translation>Добро пожаловать в ctidesk</translation>
    </message>
    <message>
        <source>Which PBX do you work with?</source>
        <translation>С какой АТС вы работаете?</translation>
    </message>
    <message>
        <source>Your calls, colleagues and queue beside your CRM.</source>
        <translation>Ваши звонки, коллеги и очередь рядом с CRM.</translation>
    </message>
    <message>
        <source>ctidesk ends. The next start asks again.</source>
        <translation>ctidesk завершится. При следующем запуске он спросит снова.</translation>
    </message>
</context>
<context>
    <name>WrapUp</name>
    <message>
        <source>15 seconds</source>
        <translation>15 секунд</translation>
    </message>
    <message>
        <source>30 seconds</source>
        <translation>30 секунд</translation>
    </message>
    <message>
        <source>A minute</source>
        <translation>Минута</translation>
    </message>
    <message>
        <source>After a call</source>
        <translation>После звонка</translation>
    </message>
    <message>
        <source>Ask what the call came to, with a note</source>
        <translation>Спрашивать итог звонка и заметку</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>Five minutes</source>
        <translation>Пять минут</translation>
    </message>
    <message>
        <source>Get no calls from queues meanwhile</source>
        <translation>Не получать в это время звонки из очередей</translation>
    </message>
    <message>
        <source>More time</source>
        <translation>Ещё время</translation>
    </message>
    <message>
        <source>One on each line</source>
        <translation>По одному в строке</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Готов</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Итоги</translation>
    </message>
    <message>
        <source>The PBX is told, if it can be, that you are at work, and then that you are ready.</source>
        <translation>АТС узнаёт, если это возможно, что вы заняты, а потом — что готовы.</translation>
    </message>
    <message>
        <source>The form stands in the panel. It goes away for the next call.</source>
        <translation>Форма стоит в панели. Следующему звонку она уступает место.</translation>
    </message>
    <message>
        <source>Time for it</source>
        <translation>Время на это</translation>
    </message>
    <message>
        <source>Two minutes</source>
        <translation>Две минуты</translation>
    </message>
    <message>
        <source>Until I close it</source>
        <translation>Пока я не закрою</translation>
    </message>
    <message>
        <source>What did the call come to?</source>
        <translation>Чем закончился звонок?</translation>
    </message>
    <message>
        <source>ready in {time}</source>
        <translation>готов через {time}</translation>
    </message>
    <message>
        <source>talked {time}</source>
        <translation>разговор {time}</translation>
    </message>
    <message>
        <source>{number} seconds</source>
        <translation>Секунд: {number}</translation>
    </message>
</context>
</TS>
