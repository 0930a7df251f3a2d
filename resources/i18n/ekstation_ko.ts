<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<!-- SPDX-FileCopyrightText: 2026 ekstation contributors -->
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<!-- The context "station.toml" explains keys; in English that stands in resources/station.toml itself. -->
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>desktop</name>
    <message>
        <source>One moment, please</source>
        <translation>잠시 기다려 주세요</translation>
    </message>
    <message>
        <source>Seven simulated devices are being made. This happens once and takes some seconds.</source>
        <translation>모의 장치 7대를 만들고 있습니다. 한 번만 하며 몇 초 걸립니다.</translation>
    </message>
    <message>
        <source>The window of a final-test station for devices with a TPM 2.0.

Example:
  ekstation --training</source>
        <translation>TPM 2.0 장치 최종 시험 스테이션의 창입니다.

예:
  ekstation --training</translation>
    </message>
    <message>
        <source>The station's settings; default ~/.config/ekstation/station.toml, then /etc/ekstation/station.toml.</source>
        <translation>스테이션 설정 파일. 기본값은 ~/.config/ekstation/station.toml, 없으면 /etc/ekstation/station.toml.</translation>
    </message>
    <message>
        <source>Simulated devices and a local service: nothing here is production.</source>
        <translation>모의 장치와 로컬 서비스를 씁니다. 생산용이 아닙니다.</translation>
    </message>
    <message>
        <source>Where training keeps its devices and records; default ~/.local/share/ekstation/training.</source>
        <translation>교육용 장치와 기록을 두는 폴더. 기본값은 ~/.local/share/ekstation/training.</translation>
    </message>
    <message>
        <source>takes --station FILE, or --training, and nothing else (--help tells how)</source>
        <translation>--station FILE 또는 --training만 쓸 수 있습니다 (--help 참조)</translation>
    </message>
    <message>
        <source>Writes the station's commands as barcodes, to be printed and hung beside the line; no window.</source>
        <translation>스테이션의 명령을 바코드로 씁니다. 인쇄하여 라인 옆에 걸어 두세요. 창은 열지 않습니다.</translation>
    </message>
    <message>
        <source>slot "%1" has no barcode: its name has other than plain letters, digits and signs, or is longer than 24</source>
        <translation>슬롯 "%1"에는 바코드가 없습니다. 이름에 영문자, 숫자, 기호가 아닌 것이 있거나 24자보다 깁니다</translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>Station</source>
        <translation>스테이션</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>용도</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>계획</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>서비스</translation>
    </message>
    <message>
        <source>ID scope</source>
        <translation>ID 범위</translation>
    </message>
    <message>
        <source>Credential</source>
        <translation>자격 증명</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>인증서</translation>
    </message>
    <message>
        <source>Requests a minute</source>
        <translation>분당 요청 수</translation>
    </message>
    <message>
        <source>This service is a stand-in</source>
        <translation>이 서비스는 시험용 대역입니다</translation>
    </message>
    <message>
        <source>Enroll at once</source>
        <translation>즉시 등록</translation>
    </message>
    <message>
        <source>Ask before a test</source>
        <translation>시험 전 문의</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>as the computer</source>
        <translation>컴퓨터 설정대로</translation>
    </message>
    <message>
        <source>light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>high contrast</source>
        <translation>고대비</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>화면 모양</translation>
    </message>
    <message>
        <source>Sound: a device has passed</source>
        <translation>소리: 장치 합격</translation>
    </message>
    <message>
        <source>Sound: a device has failed</source>
        <translation>소리: 장치 불합격</translation>
    </message>
    <message>
        <source>Sound: somebody is needed</source>
        <translation>소리: 사람이 필요함</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>프록시</translation>
    </message>
    <message>
        <source>Proxy's password</source>
        <translation>프록시 비밀번호</translation>
    </message>
    <message>
        <source>Most enrollments</source>
        <translation>최대 등록 수</translation>
    </message>
    <message>
        <source>"%1" is no whole number</source>
        <translation>"%1"은(는) 정수가 아닙니다</translation>
    </message>
    <message>
        <source>Ask who works here</source>
        <translation>누가 일하는지 묻기</translation>
    </message>
    <message>
        <source>Badges</source>
        <translation>배지</translation>
    </message>
    <message>
        <source>Log out after minutes</source>
        <translation>자동 로그아웃(분)</translation>
    </message>
</context>
<context>
    <name>ui::Board</name>
    <message>
        <source>Slots</source>
        <translation>슬롯</translation>
    </message>
</context>
<context>
    <name>ui::ExportBar</name>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>Excel</source>
        <translation>Excel</translation>
    </message>
    <message>
        <source>JSON lines</source>
        <translation>JSON lines</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Export the proven devices among these</source>
        <translation>이 중 증명된 장치를 내보냅니다</translation>
    </message>
    <message>
        <source>Stop export</source>
        <translation>내보내기 중지</translation>
    </message>
    <message>
        <source>Stop the export</source>
        <translation>내보내기를 중지합니다</translation>
    </message>
    <message>
        <source>How far the export is</source>
        <translation>내보내기 진행률</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>내보낼 위치</translation>
    </message>
    <message>
        <source>Not exported: %1</source>
        <translation>내보내지 않음: %1</translation>
    </message>
</context>
<context>
    <name>ui::LinePage</name>
    <message>
        <source>Understood</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>Serials that wait</source>
        <translation>대기 중인 시리얼</translation>
    </message>
    <message>
        <source>Last ten</source>
        <translation>최근 10건</translation>
    </message>
    <message>
        <source>The last ten results</source>
        <translation>최근 결과 10건</translation>
    </message>
    <message>
        <source>&amp;Test again</source>
        <translation>다시 시험(&amp;T)</translation>
    </message>
    <message>
        <source>The scan field is ready.</source>
        <translation>스캔할 준비가 되었습니다.</translation>
    </message>
    <message>
        <source>Nothing waits</source>
        <translation>대기 없음</translation>
    </message>
    <message>
        <source>1 waits: %1</source>
        <translation>1개 대기: %1</translation>
    </message>
    <message>
        <source>%1 wait, next %2</source>
        <translation>%1개 대기, 다음 %2</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>Go on testing</source>
        <translation>시험 계속</translation>
    </message>
    <message>
        <source>Stop all tests</source>
        <translation>모든 시험 정지</translation>
    </message>
</context>
<context>
    <name>ui::Notice</name>
    <message>
        <source>ekstation</source>
        <translation>ekstation</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>닫기(&amp;C)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>ui::RecordModel</name>
    <message>
        <source>Time</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>Serial</source>
        <translation>시리얼</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>판정</translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation>시도</translation>
    </message>
    <message>
        <source>Cloud</source>
        <translation>클라우드</translation>
    </message>
</context>
<context>
    <name>ui::RecordPage</name>
    <message>
        <source>Archived</source>
        <translation>보관됨</translation>
    </message>
    <message>
        <source>findings and certificates are in %1, SHA-256 %2</source>
        <translation>점검 결과와 인증서는 %1에 있음, SHA-256 %2</translation>
    </message>
    <message>
        <source>nobody says where</source>
        <translation>어디에 있는지 알 수 없음</translation>
    </message>
    <message>
        <source>%1, SHA-256 %2</source>
        <translation>%1, SHA-256 %2</translation>
    </message>
    <message>
        <source>for this key</source>
        <translation>이 키의 인증서</translation>
    </message>
    <message>
        <source>for another key</source>
        <translation>다른 키의 인증서</translation>
    </message>
    <message numerus="yes">
        <source>%1 at %2, %n time(s) sent</source>
        <translation>
            <numerusform>%1, %2, %n회 보냄</numerusform>
        </translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>항목</translation>
    </message>
    <message>
        <source>Slot</source>
        <translation>슬롯</translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation>시도</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>계획</translation>
    </message>
    <message>
        <source>TPM</source>
        <translation>TPM</translation>
    </message>
    <message>
        <source>Trouble</source>
        <translation>문제</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Registration</source>
        <translation>프로비저닝</translation>
    </message>
    <message>
        <source>Binding</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>검사 결과</translation>
    </message>
    <message>
        <source>Endorsement key</source>
        <translation>보증 키(EK)</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>인증서</translation>
    </message>
    <message>
        <source>Deliveries</source>
        <translation>전송</translation>
    </message>
    <message>
        <source>Search the records</source>
        <translation>기록 검색</translation>
    </message>
    <message>
        <source>A part of a serial, order, customer, product…</source>
        <translation>시리얼, 주문, 고객, 제품의 일부…</translation>
    </message>
    <message>
        <source>Records found</source>
        <translation>찾은 기록</translation>
    </message>
    <message>
        <source>The record</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>Nothing is recorded yet.</source>
        <translation>아직 기록이 없습니다.</translation>
    </message>
    <message>
        <source>No record matches.</source>
        <translation>일치하는 기록이 없습니다.</translation>
    </message>
    <message>
        <source>The newest %1 of those that match.</source>
        <translation>일치하는 기록 중 최신 %1건입니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>기록 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>검색어 지우기</translation>
    </message>
</context>
<context>
    <name>ui::ResultDelegate</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>ui::ResultModel</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>slot %1, %2</source>
        <translation>슬롯 %1, %2</translation>
    </message>
    <message>
        <source>not recorded</source>
        <translation>기록되지 않음</translation>
    </message>
</context>
<context>
    <name>ui::ScanField</name>
    <message>
        <source>Serial to test</source>
        <translation>시험할 시리얼</translation>
    </message>
    <message>
        <source>Scan a serial</source>
        <translation>시리얼을 스캔하세요</translation>
    </message>
</context>
<context>
    <name>ui::ServiceModel</name>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Enrollment</source>
        <translation>등록</translation>
    </message>
    <message>
        <source>Registration</source>
        <translation>프로비저닝</translation>
    </message>
    <message>
        <source>Hub</source>
        <translation>허브</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>변경 시각</translation>
    </message>
    <message>
        <source>Registration id</source>
        <translation>등록 ID</translation>
    </message>
</context>
<context>
    <name>ui::ServicePage</name>
    <message>
        <source>What the service holds</source>
        <translation>서비스에 있는 등록</translation>
    </message>
</context>
<context>
    <name>ui::SettingsPage</name>
    <message>
        <source>Slots</source>
        <translation>슬롯</translation>
    </message>
    <message>
        <source>&amp;Add a slot</source>
        <translation>슬롯 추가(&amp;A)</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>시험</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Sa&amp;ve</source>
        <translation>저장(&amp;V)</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>서비스</translation>
    </message>
    <message>
        <source>Name of a new service</source>
        <translation>새 서비스의 이름</translation>
    </message>
    <message>
        <source>A name for it, as plans call it: letters, digits, -, _</source>
        <translation>플랜에서 부르는 이름: 영문자, 숫자, -, _</translation>
    </message>
    <message>
        <source>Add a ser&amp;vice</source>
        <translation>서비스 추가(&amp;V)</translation>
    </message>
    <message>
        <source>There is a service of this name already.</source>
        <translation>같은 이름의 서비스가 이미 있습니다.</translation>
    </message>
    <message>
        <source>A service's name is 1 to 32 letters, digits, - and _. Plans call it so.</source>
        <translation>서비스 이름은 영문자, 숫자, -, _ 로 1~32자입니다. 플랜이 이 이름을 씁니다.</translation>
    </message>
    <message>
        <source>Service %1</source>
        <translation>서비스 %1</translation>
    </message>
    <message>
        <source>Test service %1</source>
        <translation>서비스 %1 시험</translation>
    </message>
    <message>
        <source>Remove service %1</source>
        <translation>서비스 %1 삭제</translation>
    </message>
</context>
<context>
    <name>ui::SlotModel</name>
    <message>
        <source>Slot %1: %2</source>
        <translation>슬롯 %1: %2</translation>
    </message>
</context>
<context>
    <name>ui::Tile</name>
    <message>
        <source>Slot %1: %2</source>
        <translation>슬롯 %1: %2</translation>
    </message>
    <message>
        <source>Slot %1</source>
        <translation>슬롯 %1</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Stop the test on slot %1</source>
        <translation>슬롯 %1의 검사 중지</translation>
    </message>
</context>
<context>
    <name>ui::TrainingBar</name>
    <message>
        <source>Simulated devices</source>
        <translation>모의 장치</translation>
    </message>
    <message>
        <source>Plug in:</source>
        <translation>연결:</translation>
    </message>
    <message>
        <source>&amp;Good</source>
        <translation>정상(&amp;G)</translation>
    </message>
    <message>
        <source>A device that passes</source>
        <translation>합격하는 장치</translation>
    </message>
    <message>
        <source>C&amp;lone</source>
        <translation>복제(&amp;L)</translation>
    </message>
    <message>
        <source>A device with another device's key</source>
        <translation>다른 장치의 키를 가진 장치</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>암호 있음(&amp;P)</translation>
    </message>
    <message>
        <source>A device that somebody else has set a password on</source>
        <translation>다른 사람이 암호를 설정한 장치</translation>
    </message>
    <message>
        <source>&amp;No answer</source>
        <translation>무응답(&amp;N)</translation>
    </message>
    <message>
        <source>A device that does not answer</source>
        <translation>응답하지 않는 장치</translation>
    </message>
    <message>
        <source>Slo&amp;w</source>
        <translation>느림(&amp;W)</translation>
    </message>
    <message>
        <source>A device that answers slowly</source>
        <translation>느리게 응답하는 장치</translation>
    </message>
    <message>
        <source>Cuts or restores the connection to the service</source>
        <translation>서비스 연결을 끊거나 복구합니다</translation>
    </message>
    <message>
        <source>Pull out</source>
        <translation>분리</translation>
    </message>
    <message>
        <source>Pull the device out of slot %1</source>
        <translation>슬롯 %1에서 장치를 분리합니다</translation>
    </message>
    <message>
        <source>Scan this device's label</source>
        <translation>이 장치의 라벨을 스캔합니다</translation>
    </message>
    <message>
        <source>Slot %1 is free</source>
        <translation>슬롯 %1 비어 있음</translation>
    </message>
    <message>
        <source>Scan %1</source>
        <translation>%1 스캔</translation>
    </message>
    <message>
        <source>C&amp;ut cloud</source>
        <translation>오프라인(&amp;U)</translation>
    </message>
    <message>
        <source>Resto&amp;re cloud</source>
        <translation>온라인(&amp;R)</translation>
    </message>
</context>
<context>
    <name>ui::Window</name>
    <message>
        <source>Units</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Pack</source>
        <translation>포장</translation>
    </message>
    <message>
        <source>ekstation: TRAINING</source>
        <translation>ekstation: 교육</translation>
    </message>
    <message>
        <source>ekstation: %1</source>
        <translation>ekstation: %1</translation>
    </message>
    <message>
        <source>TRAINING</source>
        <translation>교육</translation>
    </message>
    <message>
        <source>Plan %1 %2</source>
        <translation>계획 %1 %2</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>라인</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>%1 (F%2)</source>
        <translation>%1 (F%2)</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>서비스</translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message>
        <source>Records: copy %1 behind</source>
        <translation>기록: 사본 %1건 뒤처짐</translation>
    </message>
    <message>
        <source>released</source>
        <translation>릴리스됨</translation>
    </message>
    <message>
        <source>shipped</source>
        <translation>출하됨</translation>
    </message>
    <message>
        <source>board replaced</source>
        <translation>보드 교체</translation>
    </message>
    <message>
        <source>scrapped</source>
        <translation>폐기됨</translation>
    </message>
    <message>
        <source>repaired</source>
        <translation>수리됨</translation>
    </message>
    <message>
        <source>came back</source>
        <translation>반품됨</translation>
    </message>
    <message>
        <source>retest allowed</source>
        <translation>재시험 허용됨</translation>
    </message>
    <message>
        <source>Never examined</source>
        <translation>시험한 적 없음</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>보류</translation>
    </message>
    <message>
        <source>Released</source>
        <translation>릴리스됨</translation>
    </message>
    <message>
        <source>Shipped</source>
        <translation>출하됨</translation>
    </message>
    <message>
        <source>Scrapped</source>
        <translation>폐기됨</translation>
    </message>
    <message>
        <source>Came back</source>
        <translation>반품됨</translation>
    </message>
    <message>
        <source>In repair: examine its new board</source>
        <translation>수리 중: 새 보드를 시험하세요</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>릴리스</translation>
    </message>
    <message>
        <source>Ship</source>
        <translation>출하</translation>
    </message>
    <message>
        <source>Replace board</source>
        <translation>보드 교체</translation>
    </message>
    <message>
        <source>Scrap</source>
        <translation>폐기</translation>
    </message>
    <message>
        <source>Repaired</source>
        <translation>수리 완료</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>반품 받기</translation>
    </message>
    <message>
        <source>Allow retest</source>
        <translation>재시험 허용</translation>
    </message>
    <message>
        <source>Sure? %1</source>
        <translation>확실합니까? %1</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1: %2.</translation>
    </message>
    <message>
        <source>The cloud&apos;s owner has to remove device %1 from %2 as well.</source>
        <translation>클라우드 소유자가 장치 %1도 %2에서 지워야 합니다.</translation>
    </message>
    <message>
        <source>its hub</source>
        <translation>해당 허브</translation>
    </message>
    <message>
        <source>Order %1: units released: %2.</source>
        <translation>주문 %1: %2대가 릴리스되었습니다.</translation>
    </message>
    <message>
        <source>Order %1 has no held unit: nothing to release.</source>
        <translation>주문 %1에 보류된 제품이 없어 릴리스할 것이 없습니다.</translation>
    </message>
    <message>
        <source>%1 is released.</source>
        <translation>%1 릴리스되었습니다.</translation>
    </message>
    <message>
        <source>%1 was not held, or has not passed: nothing to release.</source>
        <translation>%1 보류 상태가 아니거나 합격하지 않았습니다: 릴리스할 것이 없습니다.</translation>
    </message>
    <message>
        <source>No order: every serial of the plan is tested</source>
        <translation>주문 없음: 계획의 모든 시리얼을 시험합니다</translation>
    </message>
    <message>
        <source>Order %1: %2 of %3 passed (%4, %5)</source>
        <translation>주문 %1: %3 중 %2 합격 (%4, %5)</translation>
    </message>
    <message>
        <source>Clear the line first: a device stands on slot %1, or a serial waits.</source>
        <translation>먼저 라인을 비우세요: 슬롯 %1에 장치가 있거나 시리얼이 대기 중입니다.</translation>
    </message>
    <message>
        <source>The line works for order %1 now.</source>
        <translation>라인이 이제 주문 %1 작업을 합니다.</translation>
    </message>
    <message>
        <source>Order %1 is closed: %2 passed, %3 failed, %4 in repair, %5 scrapped.</source>
        <translation>주문 %1 닫힘: 합격 %2, 불합격 %3, 수리 중 %4, 폐기 %5.</translation>
    </message>
    <message>
        <source>PACK</source>
        <translation>포장</translation>
    </message>
    <message>
        <source>DO NOT PACK</source>
        <translation>포장 금지</translation>
    </message>
    <message>
        <source>Scan the unit that is to be packed</source>
        <translation>포장할 장치를 스캔하세요</translation>
    </message>
    <message>
        <source>Looking at %1</source>
        <translation>%1 확인 중</translation>
    </message>
    <message>
        <source>EMPTY</source>
        <translation>비어 있음</translation>
    </message>
    <message>
        <source>READY</source>
        <translation>준비</translation>
    </message>
    <message>
        <source>WAITING</source>
        <translation>대기</translation>
    </message>
    <message>
        <source>TESTING</source>
        <translation>시험 중</translation>
    </message>
    <message>
        <source>STOPPING</source>
        <translation>정지 중</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>연결 중</translation>
    </message>
    <message>
        <source>step %1 of %2: %3</source>
        <translation>%2단계 중 %1단계: %3</translation>
    </message>
    <message>
        <source>attempt %1 of %2</source>
        <translation>%2회 중 %1회째</translation>
    </message>
    <message>
        <source>attempt %1</source>
        <translation>%1회째</translation>
    </message>
    <message>
        <source>Connect a device</source>
        <translation>장치를 연결하세요</translation>
    </message>
    <message>
        <source>Scan its serial</source>
        <translation>시리얼을 스캔하세요</translation>
    </message>
    <message>
        <source>Leave it connected</source>
        <translation>연결한 채로 두세요</translation>
    </message>
    <message>
        <source>Making safe, leave it connected</source>
        <translation>안전하게 마무리하는 중입니다. 연결한 채로 두세요</translation>
    </message>
    <message>
        <source>Remove it: it waits for its release</source>
        <translation>분리하세요. 릴리스를 기다립니다</translation>
    </message>
    <message>
        <source>Remove and pack it</source>
        <translation>분리하여 포장하세요</translation>
    </message>
    <message>
        <source>Set the device aside</source>
        <translation>장치를 따로 두세요</translation>
    </message>
    <message>
        <source>It is the station, not the device: see to it, then scan again</source>
        <translation>장치가 아니라 스테이션 문제입니다. 해결한 뒤 다시 스캔하세요</translation>
    </message>
    <message>
        <source>Power the device off and on, then scan it again</source>
        <translation>장치의 전원을 껐다 켠 뒤 다시 스캔하세요</translation>
    </message>
    <message>
        <source>Scan it again</source>
        <translation>다시 스캔하세요</translation>
    </message>
    <message>
        <source>Key already recorded: %1</source>
        <translation>이미 기록된 키: %1</translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation>불합격: %1</translation>
    </message>
    <message>
        <source>Proven and recorded</source>
        <translation>증명되어 기록됨</translation>
    </message>
    <message>
        <source>Proven and recorded, and it can provision itself</source>
        <translation>증명되어 기록되었고 스스로 프로비저닝할 수 있음</translation>
    </message>
    <message>
        <source>Not so: %1</source>
        <translation>아님: %1</translation>
    </message>
    <message>
        <source>Proven and recorded, but not tried: %1</source>
        <translation>증명되어 기록되었으나 시도하지 않음: %1</translation>
    </message>
    <message>
        <source>The settings say something that makes no sense</source>
        <translation>설정 내용이 올바르지 않습니다</translation>
    </message>
    <message>
        <source>Something that the station needs is not there</source>
        <translation>스테이션에 필요한 것이 없습니다</translation>
    </message>
    <message>
        <source>The records cannot be opened or written</source>
        <translation>기록을 열거나 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>The records were made by a newer version of ekstation; install that one</source>
        <translation>더 새로운 ekstation이 만든 기록입니다. 그 버전을 설치하세요</translation>
    </message>
    <message>
        <source>This station runs already</source>
        <translation>이 스테이션은 이미 실행 중입니다</translation>
    </message>
    <message>
        <source>The station's clock cannot be trusted</source>
        <translation>스테이션의 시계를 믿을 수 없습니다</translation>
    </message>
    <message>
        <source>The disk is full; make room, then start again</source>
        <translation>디스크가 가득 찼습니다. 공간을 확보한 뒤 다시 시작하세요</translation>
    </message>
    <message>
        <source>The records contradict themselves; call QA before anything is tested</source>
        <translation>기록이 서로 모순됩니다. 시험하기 전에 QA를 부르세요</translation>
    </message>
    <message>
        <source>Production and training do not mix</source>
        <translation>생산과 교육을 섞을 수 없습니다</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>거부됨</translation>
    </message>
    <message>
        <source>The factory's system does not answer</source>
        <translation>공장 시스템이 응답하지 않습니다</translation>
    </message>
    <message>
        <source>This scan has %1 characters, a serial has %2 at most. Scan the label of the device.</source>
        <translation>스캔한 글자가 %1자입니다. 시리얼은 최대 %2자입니다. 장치의 라벨을 스캔하세요.</translation>
    </message>
    <message>
        <source>This scan holds characters that are no text. Scan the label of the device.</source>
        <translation>글자가 아닌 문자가 스캔되었습니다. 장치의 라벨을 스캔하세요.</translation>
    </message>
    <message>
        <source>Two scans came at once. Scan both again, one after the other.</source>
        <translation>두 개가 동시에 스캔되었습니다. 하나씩 차례로 다시 스캔하세요.</translation>
    </message>
    <message>
        <source>A part of something else stood before this scan. Scan again.</source>
        <translation>스캔 앞에 다른 글자가 남아 있었습니다. 다시 스캔하세요.</translation>
    </message>
    <message>
        <source>Has passed already, see record %1. Nothing to do.</source>
        <translation>이미 합격했습니다. 기록 %1을 보세요. 할 일이 없습니다.</translation>
    </message>
    <message>
        <source>The station was interrupted while it tested %1. Test again.</source>
        <translation>%1 시험 중에 스테이션이 중단되었습니다. 다시 시험하세요.</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message numerus="yes">
        <source>%n serial(s) waited when the station ended; they wait again.</source>
        <translation>
            <numerusform>스테이션이 끝날 때 시리얼 %n개가 대기 중이었고, 다시 대기합니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not tested: %1</source>
        <translation>시험하지 않음: %1</translation>
    </message>
    <message>
        <source>Testing is stopped. Press Go on, then scan again.</source>
        <translation>시험이 정지되어 있습니다. 계속을 누른 뒤 다시 스캔하세요.</translation>
    </message>
    <message>
        <source>This is no serial of this line. Scan the label of the device.</source>
        <translation>이 라인의 시리얼이 아닙니다. 장치의 라벨을 스캔하세요.</translation>
    </message>
    <message>
        <source>Locked: connect and scan %1 first</source>
        <translation>잠김: 먼저 %1 연결하고 스캔</translation>
    </message>
    <message>
        <source>Golden device, reads as it must: remove it</source>
        <translation>기준 장치, 결과가 맞음: 빼세요</translation>
    </message>
    <message>
        <source>Golden device, reads wrong: the slot stays locked, call a technician</source>
        <translation>기준 장치, 결과가 틀림: 슬롯은 잠긴 채로 있습니다, 기술자를 부르세요</translation>
    </message>
    <message>
        <source>The unit on slot %1 does not say its serial: scan it. (%2)</source>
        <translation>슬롯 %1의 장치가 시리얼을 알려 주지 않습니다: 스캔하세요. (%2)</translation>
    </message>
    <message>
        <source>The unit did not start in time. Check its power and what it starts from, then test again.</source>
        <translation>장치가 제시간에 시작하지 않았습니다. 전원과 부팅 매체를 확인한 뒤 다시 시험하세요.</translation>
    </message>
    <message>
        <source>The unit could not be switched off by itself. Switch it off before you take it away.</source>
        <translation>장치가 스스로 꺼지지 않았습니다. 빼기 전에 전원을 끄세요.</translation>
    </message>
    <message>
        <source>the unit starts</source>
        <translation>장치가 시작된다</translation>
    </message>
    <message>
        <source>the unit is switched off again</source>
        <translation>장치가 다시 꺼진다</translation>
    </message>
    <message>
        <source>The slot's command that starts the unit failed</source>
        <translation>슬롯의 장치 시작 명령이 실패했습니다</translation>
    </message>
    <message>
        <source>starting the unit</source>
        <translation>장치 시작 중</translation>
    </message>
    <message>
        <source>Waits for a device. Connect it.</source>
        <translation>장치를 기다립니다. 연결하세요.</translation>
    </message>
    <message>
        <source>Is being tested.</source>
        <translation>시험 중입니다.</translation>
    </message>
    <message>
        <source>Not saved, everything is as it was: %1</source>
        <translation>저장하지 않았습니다. 바뀐 것이 없습니다: %1</translation>
    </message>
    <message>
        <source>Trying…</source>
        <translation>시도 중…</translation>
    </message>
    <message>
        <source>The service answers and accepts the credential.</source>
        <translation>서비스가 응답하고 자격 증명을 받아들입니다.</translation>
    </message>
    <message>
        <source>enabled</source>
        <translation>사용</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>사용 안 함</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>아직</translation>
    </message>
    <message>
        <source>assigned</source>
        <translation>할당됨</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>진행 중</translation>
    </message>
    <message>
        <source>refused: disabled</source>
        <translation>거부됨: 사용 안 함</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message numerus="yes">
        <source>%n enrollment(s)</source>
        <translation>
            <numerusform>등록 %n건</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) registered</source>
        <translation>
            <numerusform>프로비저닝된 장치 %n대</numerusform>
        </translation>
    </message>
    <message>
        <source>; there are more than these</source>
        <translation>; 이보다 더 있습니다</translation>
    </message>
    <message>
        <source>The service does not answer; this is what it held last. (%1)</source>
        <translation>서비스가 응답하지 않습니다. 마지막으로 확인한 내용입니다. (%1)</translation>
    </message>
    <message>
        <source>Records: saved</source>
        <translation>기록: 저장됨</translation>
    </message>
    <message>
        <source>Records: NOT saved</source>
        <translation>기록: 저장 안 됨</translation>
    </message>
    <message>
        <source>Cloud: refuses this station, %1 waiting</source>
        <translation>클라우드: 이 스테이션을 거부, %1건 대기</translation>
    </message>
    <message>
        <source>Cloud: offline, %1 waiting</source>
        <translation>클라우드: 오프라인, %1건 대기</translation>
    </message>
    <message>
        <source>Cloud: %1 refused, %2 waiting</source>
        <translation>클라우드: %1건 거부, %2건 대기</translation>
    </message>
    <message>
        <source>Cloud: %1 waiting</source>
        <translation>클라우드: %1건 대기</translation>
    </message>
    <message>
        <source>Cloud: all delivered</source>
        <translation>클라우드: 모두 전송됨</translation>
    </message>
    <message>
        <source>Factory: refuses</source>
        <translation>공장: 거부</translation>
    </message>
    <message>
        <source>Factory: waiting</source>
        <translation>공장: 대기</translation>
    </message>
    <message>
        <source>PASS</source>
        <translation>합격</translation>
    </message>
    <message>
        <source>FAIL</source>
        <translation>불합격</translation>
    </message>
    <message>
        <source>STATION ERROR</source>
        <translation>스테이션 오류</translation>
    </message>
    <message>
        <source>TIMEOUT</source>
        <translation>시간 초과</translation>
    </message>
    <message>
        <source>STOPPED</source>
        <translation>정지됨</translation>
    </message>
    <message>
        <source>-</source>
        <translation>-</translation>
    </message>
    <message>
        <source>held</source>
        <translation>보류</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>대기</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>보냄</translation>
    </message>
    <message>
        <source>acknowledged</source>
        <translation>접수됨</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>확인됨</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>거부됨</translation>
    </message>
    <message>
        <source>conflict</source>
        <translation>충돌</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>철회됨</translation>
    </message>
    <message>
        <source>Start all: testing goes on</source>
        <translation>전체 시작: 시험을 계속합니다</translation>
    </message>
    <message>
        <source>Stop all tests</source>
        <translation>모든 시험 정지</translation>
    </message>
    <message>
        <source>Stop slot %1</source>
        <translation>슬롯 %1 정지</translation>
    </message>
    <message>
        <source>This station does not know the command. Print a new sheet.</source>
        <translation>이 스테이션이 모르는 명령입니다. 명령표를 새로 인쇄하세요.</translation>
    </message>
    <message>
        <source>Nothing is tested there.</source>
        <translation>그 슬롯에서는 시험 중인 것이 없습니다.</translation>
    </message>
    <message>
        <source>Commands of station %1: scan one as you scan a serial</source>
        <translation>스테이션 %1의 명령: 시리얼처럼 스캔하세요</translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) written to %1.</source>
        <translation>
            <numerusform>장치 %n대를 %1에 썼습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>a TPM 2.0 answers</source>
        <translation>TPM 2.0이 응답함</translation>
    </message>
    <message>
        <source>the TPM finds nothing wrong with itself</source>
        <translation>TPM 자체 시험에 이상 없음</translation>
    </message>
    <message>
        <source>the TPM is the ordered model</source>
        <translation>TPM이 주문한 모델임</translation>
    </message>
    <message>
        <source>the TPM is a chip</source>
        <translation>TPM이 칩임</translation>
    </message>
    <message>
        <source>the firmware has no published weakness</source>
        <translation>펌웨어에 알려진 취약점이 없음</translation>
    </message>
    <message>
        <source>the TPM can do what DPS needs</source>
        <translation>TPM이 DPS에 필요한 기능을 갖춤</translation>
    </message>
    <message>
        <source>nobody owns the TPM</source>
        <translation>TPM에 소유자가 없음</translation>
    </message>
    <message>
        <source>the TPM has room for the device's keys</source>
        <translation>TPM에 장치 키를 넣을 공간이 있음</translation>
    </message>
    <message>
        <source>the PCR banks are active</source>
        <translation>PCR 뱅크가 활성화됨</translation>
    </message>
    <message>
        <source>the TPM's clock runs</source>
        <translation>TPM의 시계가 동작함</translation>
    </message>
    <message>
        <source>the TPM's random numbers differ</source>
        <translation>TPM의 난수가 서로 다름</translation>
    </message>
    <message>
        <source>the endorsement key can be read</source>
        <translation>보증 키를 읽을 수 있음</translation>
    </message>
    <message>
        <source>the endorsement key is well formed</source>
        <translation>보증 키의 형식이 올바름</translation>
    </message>
    <message>
        <source>the endorsement key has no weak primes</source>
        <translation>보증 키에 약한 소수가 없음</translation>
    </message>
    <message>
        <source>the certificate is for this key</source>
        <translation>인증서가 이 키의 것임</translation>
    </message>
    <message>
        <source>the certificate is an endorsement certificate of this maker</source>
        <translation>인증서가 이 제조사의 보증 인증서임</translation>
    </message>
    <message>
        <source>the certificate comes from a maker that the station trusts</source>
        <translation>인증서가 스테이션이 신뢰하는 제조사의 것임</translation>
    </message>
    <message>
        <source>the device is on the supplier's list</source>
        <translation>장치가 공급사 목록에 있음</translation>
    </message>
    <message>
        <source>the key is the one that everybody derives</source>
        <translation>키가 누구나 유도하는 키와 같음</translation>
    </message>
    <message>
        <source>the unit is the one that was scanned</source>
        <translation>스캔한 장치와 같은 장치임</translation>
    </message>
    <message>
        <source>the device can provision itself</source>
        <translation>장치가 스스로 프로비저닝할 수 있음</translation>
    </message>
    <message>
        <source>no other device has this key</source>
        <translation>다른 장치에 이 키가 없음</translation>
    </message>
    <message>
        <source>the TPM holds the private key</source>
        <translation>TPM이 개인 키를 가지고 있음</translation>
    </message>
    <message>
        <source>the device can attest to DPS</source>
        <translation>장치가 DPS에 증명할 수 있음</translation>
    </message>
    <message>
        <source>the TPM is cleared of what owners leave</source>
        <translation>소유자가 남긴 것이 TPM에서 지워짐</translation>
    </message>
    <message>
        <source>no key of an earlier registration is in the TPM</source>
        <translation>이전 등록의 키가 TPM에 없음</translation>
    </message>
    <message>
        <source>the endorsement key is where SDKs look for it</source>
        <translation>보증 키가 SDK가 찾는 위치에 있음</translation>
    </message>
    <message>
        <source>the storage root key is where SDKs look for it</source>
        <translation>저장소 루트 키가 SDK가 찾는 위치에 있음</translation>
    </message>
    <message>
        <source>the TPM answers in the TPM 2.0 format</source>
        <translation>TPM이 TPM 2.0 형식으로 응답함</translation>
    </message>
    <message>
        <source>The TPM does not answer. Power the device off and on, then test again.</source>
        <translation>TPM이 응답하지 않습니다. 장치의 전원을 껐다 켠 뒤 다시 시험하세요.</translation>
    </message>
    <message>
        <source>The TPM's answers are damaged. Check the connection, then test again; set the device aside if it repeats.</source>
        <translation>TPM의 응답이 손상되었습니다. 연결을 확인하고 다시 시험하세요. 반복되면 장치를 따로 두세요.</translation>
    </message>
    <message>
        <source>The TPM refuses a command it must know. Set the device aside for repair.</source>
        <translation>TPM이 알아야 할 명령을 거부합니다. 장치를 수리용으로 따로 두세요.</translation>
    </message>
    <message>
        <source>This is no TPM 2.0. Set the device aside.</source>
        <translation>TPM 2.0이 아닙니다. 장치를 따로 두세요.</translation>
    </message>
    <message>
        <source>The TPM is defective. Send the device to repair: the TPM must be replaced.</source>
        <translation>TPM에 결함이 있습니다. 장치를 수리로 보내세요. TPM을 교체해야 합니다.</translation>
    </message>
    <message>
        <source>This is not the TPM model that was ordered. Set the device aside and call QA.</source>
        <translation>주문한 TPM 모델이 아닙니다. 장치를 따로 두고 QA를 부르세요.</translation>
    </message>
    <message>
        <source>The TPM's firmware is not the one that was ordered. Send the device to be updated, then test again.</source>
        <translation>주문한 TPM 펌웨어가 아닙니다. 장치를 업데이트한 뒤 다시 시험하세요.</translation>
    </message>
    <message>
        <source>This TPM is software, not a chip. Check that the slot reaches the device itself.</source>
        <translation>이 TPM은 칩이 아니라 소프트웨어입니다. 슬롯이 장치에 직접 연결되는지 확인하세요.</translation>
    </message>
    <message>
        <source>The TPM's firmware has a published weakness. Send the device to be updated, then test again.</source>
        <translation>TPM 펌웨어에 알려진 취약점이 있습니다. 장치를 업데이트한 뒤 다시 시험하세요.</translation>
    </message>
    <message>
        <source>This TPM lacks what the provisioning service needs. Set the device aside and call QA.</source>
        <translation>이 TPM에는 프로비저닝 서비스에 필요한 기능이 없습니다. 장치를 따로 두고 QA를 부르세요.</translation>
    </message>
    <message>
        <source>Somebody has taken ownership of this TPM. Send the device to repair: the TPM must be cleared.</source>
        <translation>누군가 이 TPM의 소유권을 가져갔습니다. 장치를 수리로 보내세요. TPM을 초기화해야 합니다.</translation>
    </message>
    <message>
        <source>A part of the TPM is switched off. Switch it on in the device's BIOS, then test again.</source>
        <translation>TPM의 일부가 꺼져 있습니다. 장치의 BIOS에서 켠 뒤 다시 시험하세요.</translation>
    </message>
    <message>
        <source>The TPM is locked after wrong passwords. Set the device aside for repair.</source>
        <translation>잘못된 암호로 TPM이 잠겼습니다. 장치를 수리용으로 따로 두세요.</translation>
    </message>
    <message>
        <source>The TPM has no room for the device's keys. Send the device to repair: the TPM must be cleared.</source>
        <translation>TPM에 장치 키를 넣을 공간이 없습니다. 장치를 수리로 보내세요. TPM을 초기화해야 합니다.</translation>
    </message>
    <message>
        <source>A PCR bank is not active. Switch it on in the device's BIOS, then test again.</source>
        <translation>PCR 뱅크가 비활성 상태입니다. 장치의 BIOS에서 켠 뒤 다시 시험하세요.</translation>
    </message>
    <message>
        <source>This TPM has run longer than a new one can have. Set the device aside and call QA.</source>
        <translation>이 TPM은 새것으로 볼 수 없을 만큼 오래 동작했습니다. 장치를 따로 두고 QA를 부르세요.</translation>
    </message>
    <message>
        <source>The TPM's random numbers repeat. Send the device to repair: the TPM must be replaced.</source>
        <translation>TPM의 난수가 반복됩니다. 장치를 수리로 보내세요. TPM을 교체해야 합니다.</translation>
    </message>
    <message>
        <source>This TPM has no RSA endorsement key, which the provisioning service needs.</source>
        <translation>이 TPM에는 프로비저닝 서비스에 필요한 RSA 보증 키가 없습니다.</translation>
    </message>
    <message>
        <source>The endorsement key is not one that a maker leaves. Set the device aside for QA.</source>
        <translation>제조사가 남기는 보증 키가 아닙니다. QA를 위해 장치를 따로 두세요.</translation>
    </message>
    <message>
        <source>The endorsement key can be broken. Send the device to repair: the TPM must be replaced.</source>
        <translation>보증 키가 깨질 수 있습니다. 장치를 수리로 보내세요. TPM을 교체해야 합니다.</translation>
    </message>
    <message>
        <source>The certificate in the TPM is for another key. Set the device aside for QA.</source>
        <translation>TPM의 인증서가 다른 키의 것입니다. QA를 위해 장치를 따로 두세요.</translation>
    </message>
    <message>
        <source>What stands in the TPM in place of a certificate is damaged. Set the device aside for QA.</source>
        <translation>TPM의 인증서 자리에 있는 내용이 손상되었습니다. QA를 위해 장치를 따로 두세요.</translation>
    </message>
    <message>
        <source>The certificate in the TPM is not one for an endorsement key. Set the device aside for QA.</source>
        <translation>TPM의 인증서가 보증 키용이 아닙니다. QA를 위해 장치를 따로 두세요.</translation>
    </message>
    <message>
        <source>The certificate names another maker than the TPM. Set the device aside for QA.</source>
        <translation>인증서의 제조사가 TPM과 다릅니다. QA를 위해 장치를 따로 두세요.</translation>
    </message>
    <message>
        <source>No imported root vouches for this TPM. If you trust its maker, import the maker's roots and test again.</source>
        <translation>가져온 루트 인증서 중 이 TPM을 보증하는 것이 없습니다. 제조사를 신뢰한다면 그 루트를 가져온 뒤 다시 시험하세요.</translation>
    </message>
    <message>
        <source>A certificate is not valid today. Check the station's clock, then set the device aside for QA.</source>
        <translation>오늘 유효하지 않은 인증서가 있습니다. 스테이션의 시계를 확인한 뒤 QA를 위해 장치를 따로 두세요.</translation>
    </message>
    <message>
        <source>The maker has revoked this certificate. Set the device aside for QA.</source>
        <translation>제조사가 이 인증서를 폐기했습니다. QA를 위해 장치를 따로 두세요.</translation>
    </message>
    <message>
        <source>Somebody else signed this certificate in the maker's name. Set the device aside and call QA.</source>
        <translation>다른 누군가가 제조사 이름으로 이 인증서에 서명했습니다. 장치를 따로 두고 QA를 부르세요.</translation>
    </message>
    <message>
        <source>The supplier did not deliver this device. Set it aside and ask who brought it.</source>
        <translation>공급사가 납품한 장치가 아닙니다. 따로 두고 누가 가져왔는지 확인하세요.</translation>
    </message>
    <message>
        <source>The persisted endorsement key is not the one that the certificate and the device's software expect. Send the device to repair.</source>
        <translation>저장된 보증 키가 인증서와 장치 소프트웨어가 기대하는 키가 아닙니다. 장치를 수리로 보내세요.</translation>
    </message>
    <message>
        <source>The endorsement key is not persisted in the TPM. Send the device back to the step before.</source>
        <translation>보증 키가 TPM에 저장되어 있지 않습니다. 장치를 이전 공정으로 돌려보내세요.</translation>
    </message>
    <message>
        <source>A device is enrolled with the key that would be replaced. QA must release it first.</source>
        <translation>교체될 키로 이미 등록된 장치가 있습니다. 먼저 QA가 승인해야 합니다.</translation>
    </message>
    <message>
        <source>The TPM does not make the same endorsement key again. Set the device aside for QA.</source>
        <translation>TPM이 같은 보증 키를 다시 만들지 못합니다. QA를 위해 장치를 따로 두세요.</translation>
    </message>
    <message>
        <source>Clearing would take away what the plan does not allow to be lost. Set the device aside and ask QA.</source>
        <translation>초기화하면 계획이 잃어서는 안 된다고 정한 것이 사라집니다. 장치를 따로 두고 QA에 문의하세요.</translation>
    </message>
    <message>
        <source>The TPM did not clear what it should have. Set the device aside for QA.</source>
        <translation>TPM이 지워야 할 것을 지우지 않았습니다. QA를 위해 장치를 따로 두세요.</translation>
    </message>
    <message>
        <source>Somebody else's key stands where the device keeps its own. Send the device to repair.</source>
        <translation>장치의 키 자리에 다른 키가 있습니다. 장치를 수리로 보내세요.</translation>
    </message>
    <message>
        <source>The TPM on this slot is in another unit. Check the cables and the label, then scan again.</source>
        <translation>이 슬롯의 TPM은 다른 장치에 있습니다. 케이블과 라벨을 확인한 뒤 다시 스캔하세요.</translation>
    </message>
    <message>
        <source>The unit does not say who it is. Re-seat the device and scan again.</source>
        <translation>장치가 신원을 밝히지 않습니다. 장치를 다시 꽂고 다시 스캔하세요.</translation>
    </message>
    <message>
        <source>The TPM could not prove that it holds its key. Set the device aside for QA.</source>
        <translation>TPM이 자신의 키를 가졌음을 증명하지 못했습니다. QA를 위해 장치를 따로 두세요.</translation>
    </message>
    <message>
        <source>The device could not provision itself. Set it aside for QA; the record says at which step.</source>
        <translation>장치가 스스로 프로비저닝하지 못했습니다. QA를 위해 따로 두세요. 어느 단계인지는 기록에 있습니다.</translation>
    </message>
    <message>
        <source>Another device has this key already. Stop the line, set both aside and call QA.</source>
        <translation>다른 장치가 이미 이 키를 가지고 있습니다. 라인을 멈추고 둘 다 따로 둔 뒤 QA를 부르세요.</translation>
    </message>
    <message>
        <source>A device of another line has this key already. Stop the line and call QA.</source>
        <translation>다른 라인의 장치가 이미 이 키를 가지고 있습니다. 라인을 멈추고 QA를 부르세요.</translation>
    </message>
    <message>
        <source>Another device is enrolled under this registration. Set both aside for QA.</source>
        <translation>다른 장치가 이 등록 ID로 등록되어 있습니다. QA를 위해 둘 다 따로 두세요.</translation>
    </message>
    <message>
        <source>a TPM2B_PUBLIC with its size</source>
        <translation>크기를 포함한 TPM2B_PUBLIC</translation>
    </message>
    <message>
        <source>a TPMT_PUBLIC, without its size</source>
        <translation>크기가 없는 TPMT_PUBLIC</translation>
    </message>
    <message>
        <source>a computer's memory, from old tpm2-tools</source>
        <translation>옛 tpm2-tools가 쓴 컴퓨터 메모리 형식</translation>
    </message>
    <message>
        <source>a plain public key</source>
        <translation>일반 공개 키</translation>
    </message>
    <message>
        <source>a certificate</source>
        <translation>인증서</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>as DPS wants it</source>
        <translation>DPS가 요구하는 형식</translation>
    </message>
    <message>
        <source>converted to what DPS wants, without loss</source>
        <translation>DPS가 요구하는 형식으로 손실 없이 변환됨</translation>
    </message>
    <message>
        <source>rebuilt; compare it with what the TPM itself presents before you enroll it</source>
        <translation>재구성됨. 등록하기 전에 TPM이 직접 제시하는 값과 비교하세요</translation>
    </message>
    <message>
        <source>cannot be enrolled</source>
        <translation>등록할 수 없음</translation>
    </message>
    <message>
        <source>The station cannot reach the slot</source>
        <translation>스테이션이 슬롯에 연결할 수 없습니다</translation>
    </message>
    <message>
        <source>The slot's device is still busy</source>
        <translation>슬롯의 장치가 아직 사용 중입니다</translation>
    </message>
    <message>
        <source>The connection to the device was lost</source>
        <translation>장치와의 연결이 끊어졌습니다</translation>
    </message>
    <message>
        <source>The station cannot record</source>
        <translation>스테이션이 기록할 수 없습니다</translation>
    </message>
    <message>
        <source>This slot leads to the station's own TPM, to which no plan may write; correct its target</source>
        <translation>이 슬롯은 스테이션 자신의 TPM에 연결되어 있으며 어떤 계획도 여기에 쓸 수 없습니다. 연결 대상을 고치세요</translation>
    </message>
    <message>
        <source>The station cannot ask the unit who it is</source>
        <translation>스테이션이 장치의 신원을 물을 수 없습니다</translation>
    </message>
    <message>
        <source>The plan's enrollment cannot be filled in</source>
        <translation>계획의 등록 내용을 채울 수 없습니다</translation>
    </message>
    <message>
        <source>Stopped, test again</source>
        <translation>정지됨, 다시 시험하세요</translation>
    </message>
    <message>
        <source>Interrupted, test again</source>
        <translation>중단됨, 다시 시험하세요</translation>
    </message>
    <message>
        <source>The unit has not passed. Examine it before it is packed.</source>
        <translation>아직 합격하지 않은 장치입니다. 포장하기 전에 시험하세요.</translation>
    </message>
    <message>
        <source>Something failed after the unit had passed. Find out what, and examine it again.</source>
        <translation>합격한 뒤에 불합격한 항목이 있습니다. 원인을 찾고 다시 시험하세요.</translation>
    </message>
    <message>
        <source>The unit is not released. Release its order, or send it where it belongs.</source>
        <translation>출고 승인되지 않은 장치입니다. 주문을 승인하거나 있어야 할 곳으로 보내세요.</translation>
    </message>
    <message>
        <source>No key is bound to the unit. Examine it again.</source>
        <translation>장치에 연결된 키가 없습니다. 다시 시험하세요.</translation>
    </message>
    <message>
        <source>The service does not know the unit as the plan means it. Run upload, then ask again.</source>
        <translation>서비스에 계획대로 등록되어 있지 않은 장치입니다. upload를 실행한 뒤 다시 확인하세요.</translation>
    </message>
    <message>
        <source>This is not the TPM that has passed. Do not pack it; look up both serials.</source>
        <translation>합격한 TPM이 아닙니다. 포장하지 말고 두 시리얼을 모두 조회하세요.</translation>
    </message>
    <message>
        <source>The TPM lacks what the factory had left in it, or was cleared. Examine it again.</source>
        <translation>공장에서 넣은 내용이 TPM에 없거나 TPM이 초기화되었습니다. 다시 시험하세요.</translation>
    </message>
    <message>
        <source>Wrong passwords were tried since the unit passed. Set it aside for QA.</source>
        <translation>합격한 뒤에 잘못된 암호가 입력되었습니다. QA를 위해 따로 두세요.</translation>
    </message>
    <message>
        <source>This serial was tested with another TPM. If its board was replaced, say so first (unit replace-board).</source>
        <translation>이 시리얼은 다른 TPM으로 시험되었습니다. 보드를 교체했다면 먼저 알리세요(unit replace-board).</translation>
    </message>
    <message>
        <source>This unit or its board was scrapped, and scrap does not come back. Set it aside for QA.</source>
        <translation>폐기된 장치 또는 보드이며 폐기품은 되돌릴 수 없습니다. QA를 위해 따로 두세요.</translation>
    </message>
    <message>
        <source>Saved in %1. Language, look and sounds hold at once, the rest from the next start.</source>
        <translation>%1에 저장했습니다. 언어, 화면 모양, 소리는 바로, 나머지는 다음에 시작할 때 적용됩니다.</translation>
    </message>
    <message>
        <source>operator</source>
        <translation>작업자</translation>
    </message>
    <message>
        <source>technician</source>
        <translation>기술자</translation>
    </message>
    <message>
        <source>QA</source>
        <translation>품질 담당</translation>
    </message>
    <message>
        <source>administrator</source>
        <translation>관리자</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>badge</source>
        <translation>배지</translation>
    </message>
    <message>
        <source>cannot log in</source>
        <translation>로그인할 수 없음</translation>
    </message>
    <message>
        <source>locked after wrong PINs</source>
        <translation>PIN을 여러 번 틀려 잠김</translation>
    </message>
    <message>
        <source>%1 works here, as %2.</source>
        <translation>%1님이 %2(으)로 일하고 있습니다.</translation>
    </message>
    <message>
        <source>Nobody is logged in.</source>
        <translation>로그인한 사람이 없습니다.</translation>
    </message>
    <message>
        <source>People</source>
        <translation>사람</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>로그인</translation>
    </message>
    <message>
        <source>Log in first: scan your badge, or press &quot;Log in&quot;</source>
        <translation>먼저 로그인하십시오: 배지를 스캔하거나 &quot;로그인&quot;을 누르십시오</translation>
    </message>
    <message>
        <source>%1 works here now</source>
        <translation>이제 %1님이 일합니다</translation>
    </message>
    <message>
        <source>Logged out. What runs goes on.</source>
        <translation>로그아웃했습니다. 진행 중인 시험은 계속됩니다.</translation>
    </message>
    <message>
        <source>That is a badge, and this station asks nobody to log in</source>
        <translation>배지를 스캔했지만 이 스테이션은 로그인을 요구하지 않습니다</translation>
    </message>
    <message>
        <source>This station has no badges; its settings say how they read, as [login] badge</source>
        <translation>이 스테이션에는 배지가 없습니다. 배지의 형식은 설정의 [login] badge에 적습니다</translation>
    </message>
    <message>
        <source>This does not read like a badge of this station (%1)</source>
        <translation>이 스테이션의 배지 형식(%1)이 아닙니다</translation>
    </message>
    <message>
        <source>%1 stands by, for the next deed</source>
        <translation>%1님이 다음 작업을 함께 확인합니다</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>저장했습니다</translation>
    </message>
    <message>
        <source>This takes the role %1, or one above it</source>
        <translation>%1 또는 그 이상의 역할이 필요합니다</translation>
    </message>
    <message>
        <source>Release the lot of this line's order</source>
        <translation>이 라인의 주문 로트 출고 승인</translation>
    </message>
    <message>
        <source>This line works for no order. Open one under &quot;Units&quot;.</source>
        <translation>이 라인에는 열린 주문이 없습니다. &quot;장치&quot;에서 주문을 여십시오.</translation>
    </message>
    <message>
        <source>about %1 s left</source>
        <translation>약 %1초 남음</translation>
    </message>
    <message>
        <source>Done on slot %1</source>
        <translation>슬롯 %1 완료</translation>
    </message>
    <message>
        <source>Nothing is asked there.</source>
        <translation>그 슬롯에서는 묻는 것이 없습니다.</translation>
    </message>
    <message>
        <source>Nobody here has this badge, or this name with a PIN</source>
        <translation>이 배지 또는 이 이름과 PIN을 가진 사람이 없습니다</translation>
    </message>
    <message>
        <source>The PIN is wrong. A few more, and it is locked.</source>
        <translation>PIN이 틀렸습니다. 몇 번 더 틀리면 잠깁니다.</translation>
    </message>
    <message>
        <source>Locked after too many wrong PINs: try again in five minutes, or let an administrator unlock it</source>
        <translation>PIN을 여러 번 틀려 잠겼습니다. 5분 뒤 다시 시도하거나 관리자에게 잠금 해제를 요청하십시오</translation>
    </message>
    <message>
        <source>Slot %1 asks: %2</source>
        <translation>슬롯 %1 요청: %2</translation>
    </message>
</context>
<context>
    <name>station.toml</name>
    <message>
        <source>desktop.language</source>
        <translation>창의 언어입니다. "en"은 영어, "ko"는 한국어입니다. 창에서 저장하면 바로 바뀝니다. 비워 두면 컴퓨터의 언어를 쓰고, 다른 언어이면 영어를 씁니다.</translation>
    </message>
    <message>
        <source>station.id</source>
        <translation>이 스테이션의 이름입니다. 모든 기록 항목에 남고, 기록 사슬의 이름이 됩니다. 한 번만 정하세요. 두 스테이션이 같은 이름을 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>station.purpose</source>
        <translation>"production"(생산) 또는 "training"(교육)입니다. 스테이션은 같은 용도의 계획, 서비스, 기록만 받아들이므로 교육생이 장치를 등록하거나 교육 기록으로 장치가 출하되는 일이 없습니다.</translation>
    </message>
    <message>
        <source>line.plan</source>
        <translation>장치가 통과해야 하는 검사입니다. "production", "training", "qa"는 ekstation에 들어 있고, 그 밖의 값은 계획 파일의 경로입니다.</translation>
    </message>
    <message>
        <source>ledger.url</source>
        <translation>기록을 두는 곳입니다. "sqlite:경로"는 스테이션 하나를 위한 로컬 디스크의 파일입니다(네트워크 파일 시스템은 거부됩니다). "postgresql://사용자@호스트/데이터베이스"는 여러 스테이션이 함께 쓰는 저장소입니다.</translation>
    </message>
    <message>
        <source>service.url</source>
        <translation>Device Provisioning Service의 서비스 작업 엔드포인트입니다.</translation>
    </message>
    <message>
        <source>service.id_scope</source>
        <translation>포털의 개요 페이지에 있는 ID 범위입니다. 장치 이미지에 들어 있는 값과 같아야 합니다.</translation>
    </message>
    <message>
        <source>service.credential</source>
        <translation>연결 문자열(HostName=…;SharedAccessKeyName=…;SharedAccessKey=…) 또는 만들어진 토큰(SharedAccessSignature sr=…)이 있는 곳입니다. 이 파일에는 절대 쓰지 않으며 `ekstation-cli credentials add NAME`이 보관합니다. "tpm:이름"은 스테이션의 TPM에 봉인된 키, "keychain:이름"은 사용자 데스크톱의 키체인, "file:경로"는 소유자만 읽을 수 있는 파일(모드 0600), "env:이름"은 환경 변수입니다. 정책에는 EnrollmentRead와 EnrollmentWrite만 필요합니다.</translation>
    </message>
    <message>
        <source>service.ca</source>
        <translation>서비스를 보증하는 인증서(PEM) 파일입니다. 비워 두면 시스템의 인증서를 씁니다.</translation>
    </message>
    <message>
        <source>service.quota_per_minute</source>
        <translation>이 스테이션이 1분에 보낼 수 있는 요청 수입니다. 서비스의 한도는 모든 사용자가 함께 쓰므로 스테이션들에 나누어 정하세요.</translation>
    </message>
    <message>
        <source>service.test</source>
        <translation>켜면 시험과 교육을 위한 대역 서비스이며, 대역임을 증명해야 합니다.</translation>
    </message>
    <message>
        <source>deliver.automatic</source>
        <translation>켜면 계획이 허락하는 즉시 등록을 보내고 보고를 바로 보냅니다. 끄면 누군가 `ekstation-cli upload`를 실행할 때만 보냅니다.</translation>
    </message>
    <message>
        <source>admit.command</source>
        <translation>시험 전에 물어볼 프로그램과 인수입니다. 표준 입력으로 JSON을 받고 허용 또는 거부를 JSON으로 답합니다. 거부된 장치에는 TPM 명령을 보내지 않습니다. 비워 두면 계획의 형식에 맞는 모든 시리얼을 받아들입니다.</translation>
    </message>
    <message>
        <source>desktop.theme</source>
        <translation>창의 모양입니다. "light"는 밝게, "dark"는 어둡게, "contrast"는 대비가 많이 필요한 눈을 위한 고대비, "system"은 컴퓨터의 다른 창을 따릅니다. 창에서 저장하면 바로 바뀝니다.</translation>
    </message>
    <message>
        <source>desktop.sounds</source>
        <translation>들리는 소리입니다. "pass"는 합격, "fail"은 불합격, "attention"은 거부된 스캔이나 스테이션 문제입니다. []이거나 컴퓨터에 스피커가 없으면 소리가 나지 않습니다.</translation>
    </message>
    <message>
        <source>service.proxy</source>
        <translation>이 스테이션이 밖으로 나가는 HTTP 프록시입니다. http://[user@]host:port 로 씁니다. 비워 두면 프록시가 없습니다. TLS는 그대로 지나갑니다.</translation>
    </message>
    <message>
        <source>service.proxy_password</source>
        <translation>그 프록시의 비밀번호가 있는 곳입니다. "file:PATH" (모드 0600) 또는 "env:NAME". 비워 두면 없습니다.</translation>
    </message>
    <message>
        <source>service.capacity</source>
        <translation>서비스가 담을 수 있는 최대 등록 수입니다. 10분의 9부터 경고합니다.</translation>
    </message>
    <message>
        <source>login.required</source>
        <translation>true이면 누군가 로그인하기 전에는 아무것도 시험하거나 결정하거나 바꾸지 않습니다. false이면 계획이 이름을 요구하는 경우 말고는 묻지 않습니다.</translation>
    </message>
    <message>
        <source>login.badge</source>
        <translation>배지의 코드가 어떻게 읽히는지 정규 표현식으로 적습니다: &quot;B[0-9]{7}&quot;. 이런 스캔은 배지이며 시리얼로 보지 않습니다. 비워 두면 배지가 없고 PIN으로 로그인합니다.</translation>
    </message>
    <message>
        <source>login.idle_minutes</source>
        <translation>손대거나 누르거나 스캔하지 않은 채 이만큼의 분이 지나면 로그아웃합니다. 진행 중인 시험은 계속됩니다.</translation>
    </message>
</context>
<context>
    <name>ui::AwayBar</name>
    <message>
        <source>%1 min</source>
        <translation>%1분</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1시간</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1일</translation>
    </message>
    <message>
        <source>⚠ Cloud: offline, nothing waits. Testing goes on.</source>
        <translation>⚠ 클라우드: 오프라인, 대기 없음. 시험은 계속됩니다.</translation>
    </message>
    <message>
        <source>⚠ Cloud: %1 waiting, oldest %2. Testing goes on; they are sent by themselves.</source>
        <translation>⚠ 클라우드: %1건 대기, 가장 오래된 것 %2. 시험은 계속되고 나중에 자동으로 전송됩니다.</translation>
    </message>
</context>
<context>
    <name>ui::TallyBox</name>
    <message>
        <source>Passed</source>
        <translation>합격</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>불합격</translation>
    </message>
    <message>
        <source>Without result</source>
        <translation>결과 없음</translation>
    </message>
    <message>
        <source>First-pass yield</source>
        <translation>첫 시험 합격률</translation>
    </message>
    <message>
        <source>Retests</source>
        <translation>재시험</translation>
    </message>
    <message>
        <source>In the last hour</source>
        <translation>최근 한 시간</translation>
    </message>
    <message>
        <source>This shift</source>
        <translation>이번 근무</translation>
    </message>
    <message>
        <source>Since %1</source>
        <translation>%1부터</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Passed %1, failed %2, first pass %3</source>
        <translation>합격 %1, 불합격 %2, 첫 시험 합격률 %3</translation>
    </message>
</context>
<context>
    <name>ui::OrderBar</name>
    <message>
        <source>Open an order</source>
        <translation>주문 열기</translation>
    </message>
    <message>
        <source>Release the lot</source>
        <translation>로트 릴리스</translation>
    </message>
    <message>
        <source>Close the order</source>
        <translation>주문 닫기</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>주문</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>고객</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>제품</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>수량</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>ui::UnitPage</name>
    <message>
        <source>Scan or type a unit&apos;s serial</source>
        <translation>장치의 시리얼을 스캔하거나 입력</translation>
    </message>
    <message>
        <source>The unit&apos;s life, the newest first</source>
        <translation>장치의 이력, 최신순</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>사유</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>수리 내용</translation>
    </message>
    <message>
        <source>New board&apos;s serial</source>
        <translation>새 보드의 시리얼</translation>
    </message>
    <message>
        <source>Who does it</source>
        <translation>작업자</translation>
    </message>
    <message>
        <source>Second person</source>
        <translation>두 번째 사람</translation>
    </message>
    <message>
        <source>Their PIN or badge</source>
        <translation>그 사람의 PIN 또는 배지</translation>
    </message>
</context>
<context>
    <name>ui::PackPage</name>
    <message>
        <source>Where its TPM is read once more</source>
        <translation>TPM을 다시 읽을 곳</translation>
    </message>
    <message>
        <source>TPM not read</source>
        <translation>TPM 읽지 않음</translation>
    </message>
    <message>
        <source>Read on slot %1</source>
        <translation>슬롯 %1에서 읽기</translation>
    </message>
</context>
<context>
    <name>ui::Keypad</name>
    <message>
        <source>Take the last digit away</source>
        <translation>마지막 숫자 지우기</translation>
    </message>
</context>
<context>
    <name>ui::LoginForm</name>
    <message>
        <source>Your name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>PIN, or scan your badge</source>
        <translation>PIN 입력 또는 배지 스캔</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>로그인</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>로그아웃</translation>
    </message>
</context>
<context>
    <name>ui::PeopleForm</name>
    <message>
        <source>Who is written down</source>
        <translation>등록된 사람</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>역할</translation>
    </message>
    <message>
        <source>New PIN, at least 4 digits</source>
        <translation>새 PIN, 4자리 이상</translation>
    </message>
    <message>
        <source>Scan a badge here</source>
        <translation>여기에 배지를 스캔하십시오</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>잠금 해제</translation>
    </message>
    <message>
        <source>Somebody new</source>
        <translation>새 사람</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>추가</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Somebody new needs a name.</source>
        <translation>새 사람에게는 이름이 필요합니다.</translation>
    </message>
    <message>
        <source>Nothing is changed: choose another role, or give a PIN or a badge.</source>
        <translation>바뀐 것이 없습니다. 다른 역할을 고르거나 PIN 또는 배지를 입력하십시오.</translation>
    </message>
    <message>
        <source>Press again: erase</source>
        <translation>다시 누르면 지웁니다</translation>
    </message>
</context>
<context>
    <name>ui::SlotForm</name>
    <message>
        <source>ssh…</source>
        <translation>ssh…</translation>
    </message>
    <message>
        <source>Reach slot %1 by ssh</source>
        <translation>슬롯 %1에 ssh로 연결</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>시험</translation>
    </message>
    <message>
        <source>Test slot %1</source>
        <translation>슬롯 %1 시험</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Remove slot %1</source>
        <translation>슬롯 %1 삭제</translation>
    </message>
    <message>
        <source>Name of slot %1</source>
        <translation>슬롯 %1 이름</translation>
    </message>
    <message>
        <source>Target of slot %1</source>
        <translation>슬롯 %1 대상</translation>
    </message>
    <message>
        <source>device:/dev/tpmrm0, or what tpm2-tools take with -T</source>
        <translation>device:/dev/tpmrm0 또는 tpm2-tools의 -T 값</translation>
    </message>
    <message>
        <source>Host, a name or an address</source>
        <translation>호스트 이름 또는 주소</translation>
    </message>
    <message>
        <source>User</source>
        <translation>사용자</translation>
    </message>
    <message>
        <source>Private key, a file; empty: ssh's own</source>
        <translation>개인 키 파일, 비우면 ssh 기본값</translation>
    </message>
    <message>
        <source>Use and test</source>
        <translation>적용하고 시험</translation>
    </message>
</context>
<context>
    <name>ui::Prompt</name>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Done on slot %1</source>
        <translation>슬롯 %1 완료</translation>
    </message>
</context>
</TS>
