"""Vietnamese in words: it is written a syllable at a time, and most of its words are of two.

The list holds the words that customers use to a service, by theme; the longest that fits is taken, from the left. What
it does not know stays in syllables, and phrases of them are counted as in other languages.
"""

from __future__ import annotations

from collections.abc import Sequence

_LISTED = """
nhân viên|khách hàng|tổng đài|tổng đài viên|chăm sóc|dịch vụ|hỗ trợ|tư vấn|tư vấn viên|bộ phận|quản lý|giám đốc|
kỹ thuật|kỹ thuật viên|cửa hàng|chi nhánh|công ty|nhà cung cấp|đường dây nóng|trung tâm|phòng ban|cộng tác viên
nhiệt tình|thân thiện|kiên nhẫn|lịch sự|thô lỗ|tử tế|tận tâm|tận tình|chu đáo|chuyên nghiệp|thái độ|nhanh chóng|
chậm trễ|lạnh lùng|vô trách nhiệm|trách nhiệm|trung thực|chân thành|dễ chịu|khó chịu|niềm nở|cẩu thả|cáu gắt|
hài lòng|thất vọng|bực mình|tức giận|lo lắng|yên tâm|tin tưởng|an tâm|an toàn|xin lỗi|cảm ơn|cám ơn|tuyệt vời|
phàn nàn|khiếu nại|góp ý|phản ánh|phản hồi|đánh giá|nhận xét|khen ngợi|thông cảm|tôn trọng|coi thường|lừa đảo
hóa đơn|hoá đơn|thanh toán|hoàn tiền|trả tiền|trả góp|tiền mặt|chuyển khoản|tài khoản|ngân hàng|thẻ tín dụng|
giá cả|giá tiền|giảm giá|tăng giá|bảng giá|báo giá|chi phí|phụ phí|cước phí|phí phạt|khuyến mãi|ưu đãi|mã giảm giá|
hợp đồng|điều khoản|gia hạn|hủy bỏ|chấm dứt|đặt cọc|bồi thường|bảo hiểm|lãi suất|biên lai|chứng từ|trừ tiền|
tính sai|tính tiền|tính nhầm|thu phí|số dư|giao dịch|đắt đỏ|hợp lý|miễn phí
giao hàng|nhận hàng|đặt hàng|đơn hàng|gói hàng|kiện hàng|hàng hóa|hàng hoá|trả hàng|đổi hàng|đổi trả|vận chuyển|
bưu kiện|bưu điện|địa chỉ|kho hàng|hết hàng|sai hàng|thiếu hàng|đúng hẹn|trễ hẹn|lịch hẹn|cuộc hẹn|thời gian|
thời hạn|kịp thời|ngay lập tức|chờ đợi|chờ máy|giữ máy|nửa tiếng|mấy ngày|mỗi ngày|hàng ngày|nhiều lần|hai lần|
ngày mai|hôm nay|hôm qua|tuần trước|tháng trước|xếp hàng|hàng đợi
sản phẩm|chất lượng|thiết bị|ứng dụng|phần mềm|phần cứng|cập nhật|phiên bản|màn hình|bàn phím|điện thoại|máy tính|
máy giặt|tủ lạnh|bóng đèn|ổ cắm|công tắc|cảm biến|điều khiển|bộ phát|kết nối|mất kết nối|mất mạng|mạng lưới|
đường truyền|tín hiệu|trang web|đăng nhập|đăng ký|đăng xuất|mật khẩu|xác minh|xác nhận|mã xác nhận|tên đăng nhập|
cài đặt|thiết lập|hướng dẫn|hướng dẫn sử dụng|sử dụng|lắp đặt|tương thích|tính năng|chức năng|giao diện|khởi động|
khởi động lại|liên tục|bị hỏng|hư hỏng|trục trặc|sự cố|sửa chữa|bảo hành|bảo trì|thay thế|phụ kiện|linh kiện|
đóng băng|treo máy|sập nguồn|hết pin|tiết kiệm|điện năng|phiền phức|phức tạp|đơn giản|dễ dàng|khó khăn|tiện lợi
giải quyết|giải thích|xử lý|trả lời|liên hệ|liên lạc|gọi lại|gọi điện|nhắn tin|tin nhắn|thư điện tử|cuộc gọi|
chuyển máy|kiểm tra|thông tin|thông báo|thông tin cá nhân|cá nhân|riêng tư|bảo mật|yêu cầu|câu hỏi|vấn đề|
tình trạng|quy trình|thủ tục|chính sách|quy định|hồ sơ|giấy tờ|tài liệu|cung cấp|đáp ứng|thực hiện|cam kết|
lời hứa|kết quả|nguyên nhân|lý do|kinh nghiệm|kiến thức|năng lực|chính xác|rõ ràng|đầy đủ|nhắc lại|kể lại|lặp lại
chuẩn bị|trang bị|bắt đầu|kết thúc|thay đổi|bổ sung|lựa chọn|quyết định|đề nghị|giới thiệu|tham khảo|so sánh|
giá|phí|đắt|rẻ|chờ|đợi|lâu|chậm|trễ|muộn|nhanh|hỏng|lỗi|sai|thiếu|khó|dễ|tốt|tệ|kém
từ chối|thất lạc|hoàn tất|vui lòng|số điện thoại|tin tức|bàn giao|nhận nhầm|hiểu lầm|nhầm lẫn|sai sót|
gia đình|trẻ em|người già|doanh nghiệp|văn phòng|thành phố|quốc tế|thị trường|đối thủ|cạnh tranh
"""
LISTED = frozenset(word for word in _LISTED.replace("\n", "|").split("|") if word)
_LONGEST = max(len(word.split()) for word in LISTED)


def in_words(syllables: Sequence[str]) -> list[str]:
    """The syllables, lower case, joined into the longest listed words, from the left; a word keeps its spaces."""
    words, place = [], 0
    while place < len(syllables):
        for size in range(min(_LONGEST, len(syllables) - place), 0, -1):
            word = " ".join(syllables[place : place + size])
            if size == 1 or word in LISTED:
                words.append(word)
                place += size
                break
    return words
